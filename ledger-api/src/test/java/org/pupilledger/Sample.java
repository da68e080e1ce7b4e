package org.pupilledger;

/** Bodies that are valid until a test makes them otherwise. */
final class Sample {
    static final String HEADER =
            "references,organisation,received,purpose,gateway,individuals_submitted,items_submitted,decision,"
                    + "individuals_matched,individuals_ambiguous,individuals_answered,individuals_returned,items_returned,"
                    + "source,source_reference,source_published";

    private Sample() {}

    /** A request as it comes in, with one reference of its own. */
    static String live(String organisation, String received, int individuals) {
        return live(organisation, received, individuals, TestServer.newReference());
    }

    static String live(String organisation, String received, int individuals, String reference) {
        return """
                {"references": ["%s"], "organisation": "%s", "received": "%s",
                 "purpose": "BENEFIT_FRAUD", "gateway": "DWP-FUNC", "lawfulBasis": "PUBLIC_TASK",
                 "submitted": {"individuals": %d, "items": ["NAME", "DATE_OF_BIRTH"]},
                 "requestedItems": ["MATCH_INDICATOR", "RECORD_HELD", "DATE_LAST_COLLECTED", "SCHOOL", "ADDRESS"]}
                """.formatted(reference, organisation, received, individuals);
    }

    /** The same under an agreement. */
    static String under(String agreement, String organisation, String received, int individuals) {
        return live(organisation, received, individuals).replaceFirst("\\{", "{\"agreement\": \"" + agreement + "\", ");
    }

    /** A request from a source. {@code stages} is empty, or begins with a comma. */
    static String historic(String organisation, String received, String individuals, String stages) {
        return """
                {"organisation": "%s", "received": "%s", "purpose": "OTHER", "gateway": "OTHER",
                 "submitted": {"individuals": %s}, "historic": {"source": "FOI_ANSWER"}%s}
                """.formatted(organisation, received, individuals, stages);
    }

    static String approval(String on) {
        return "{\"outcome\": \"APPROVED\", \"on\": \"" + on + "\"}";
    }

    static String refusal(String on) {
        return "{\"outcome\": \"REFUSED\", \"on\": \"" + on + "\", \"reason\": \"NO_LAWFUL_BASIS\"}";
    }

    static String on(String on) {
        return "{\"on\": \"" + on + "\"}";
    }

    static String match(String on, int matched, int ambiguous) {
        return "{\"on\": \"%s\", \"matched\": %d, \"ambiguous\": %d}".formatted(on, matched, ambiguous);
    }

    static String disclosure(String on, int answered, int returned, String items) {
        return "{\"on\": \"%s\", \"answered\": %d, \"returned\": %d, \"items\": [%s]}"
                .formatted(on, answered, returned, items);
    }

    static String destruction(String on) {
        return "{\"on\": \"" + on + "\", \"method\": \"SECURE_ERASE\"}";
    }

    static String correction(String field, String was, String now) {
        return "{\"changes\": [{\"field\": \"%s\", \"was\": %s, \"now\": %s}], \"cause\": \"RECOUNT\", \"authority\": \"HCWS272\"}"
                .formatted(field, was, now);
    }

    static String annulment() {
        return "{\"cause\": \"OTHER\"}";
    }
}
