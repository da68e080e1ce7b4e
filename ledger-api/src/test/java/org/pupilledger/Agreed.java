package org.pupilledger;

/** Bodies about agreements that are valid until a test makes them otherwise. */
final class Agreed {
    private Agreed() {}

    static String process(String reference, String version) {
        return "{\"reference\": \"%s\", \"level\": \"PROCESS\", \"version\": %s}".formatted(reference, version);
    }

    static String umbrella(String reference, String version) {
        return "{\"reference\": \"%s\", \"level\": \"UMBRELLA\", \"version\": %s}".formatted(reference, version);
    }

    static String under(String umbrella, String reference, String version) {
        return "{\"reference\": \"%s\", \"level\": \"PROCESS\", \"umbrella\": \"%s\", \"version\": %s}"
                .formatted(reference, umbrella, version);
    }

    /** Names and dates of birth may come in; whether and in which school they are may go out. */
    static String version(String number, String from, String ceiling, String... parties) {
        return """
                {"number": "%s", "from": "%s", "parties": [%s], "lawfulBasis": "PUBLIC_TASK", "gateway": "DPA18-S2P4",
                 "route": {"access": "DIRECT_TRANSFER", "reason": "OPERATIONAL_MATCHING"}, "dpia": null,
                 "itemsIn": ["NAME", "DATE_OF_BIRTH"], "itemsOut": ["MATCH_INDICATOR", "SCHOOL"], "monthlyCeiling": %s}
                """.formatted(number, from, String.join(", ", parties), ceiling);
    }

    static String party(String organisation) {
        return party(organisation, "PARTY");
    }

    static String party(String organisation, String role) {
        return "{\"organisation\": \"%s\", \"role\": \"%s\"}".formatted(organisation, role);
    }

    static String end(String on, String evidence) {
        return "{\"on\": \"%s\", \"evidence\": [\"%s\"]}".formatted(on, evidence);
    }

    static String notice(String on, String source) {
        return "{\"on\": \"%s\", \"source\": \"%s\"}".formatted(on, source);
    }

    static String overridden(String on) {
        return """
                {"outcome": "APPROVED", "on": "%s",
                 "override": {"authoriser": "DATA_SHARING_BOARD", "authority": "DSAP-2024-0117"}}
                """.formatted(on);
    }
}
