package org.pupilledger;

import org.jspecify.annotations.Nullable;

/** Bodies about statements, valid until a test makes them otherwise. */
record Telling(
        String channel,
        @Nullable String reference,
        String toldOn,
        String measure,
        String organisation,
        String from,
        String to,
        int value,
        String backing) {
    private static final String SOURCE = "{\"source\": \"PARLIAMENT\", \"reference\": \"PQ48634\"}";

    /** As Parliament was told it in October 2016, of the months July 2015 to September 2016. */
    static Telling toldToParliament(String reference, String measure, String organisation, int value) {
        return new Telling(
                "PARLIAMENT", reference, "2016-10-27", measure, organisation, "2015-07", "2016-09", value, SOURCE);
    }

    Telling told(String newChannel, @Nullable String newReference, String newToldOn) {
        return new Telling(newChannel, newReference, newToldOn, measure, organisation, from, to, value, backing);
    }

    Telling of(String newFrom, String newTo, int newValue) {
        return new Telling(channel, reference, toldOn, measure, organisation, newFrom, newTo, newValue, backing);
    }

    Telling backedBy(long position) {
        return new Telling(
                channel, reference, toldOn, measure, organisation, from, to, value, "{\"position\": " + position + "}");
    }

    /** Another number was told than the ledger had there. */
    Telling wronglyAt(long position) {
        return new Telling(
                channel,
                reference,
                toldOn,
                measure,
                organisation,
                from,
                to,
                value,
                "{\"position\": " + position + ", \"wrongTelling\": true}");
    }

    String body() {
        return body(measure.startsWith("individuals") ? "INDIVIDUALS" : "REQUESTS");
    }

    String body(String unit) {
        return """
                {"channel": "%s", "reference": %s, "toldOn": "%s", "measure": "%s", "organisation": "%s",
                 "from": "%s", "to": "%s", "value": %d, "unit": "%s", "backing": %s}
                """.formatted(
                        channel,
                        reference == null ? "null" : "\"" + reference + "\"",
                        toldOn,
                        measure,
                        organisation,
                        from,
                        to,
                        value,
                        unit,
                        backing);
    }

    static String correction(int was, int now, String toldOn, String reference) {
        return """
                {"was": %d, "now": %d, "toldOn": "%s", "channel": "PARLIAMENT", "reference": "%s", "cause": "RECOUNT"}
                """.formatted(was, now, toldOn, reference);
    }

    static String retold(int value, String toldOn) {
        return """
                {"toldOn": "%s", "channel": "OTHER", "reference": "DFE-2024-17", "value": %d}
                """.formatted(toldOn, value);
    }
}
