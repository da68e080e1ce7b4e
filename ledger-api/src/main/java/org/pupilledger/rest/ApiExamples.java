package org.pupilledger.rest;

import java.util.Map;

/** A body for every call that takes one. Sent one after the other they tell the life of a request; a test does so. */
final class ApiExamples {
    private ApiExamples() {}

    /**
     * Examples of a body by name.
     *
     * @param call method and path, such as {@code POST /api/v1/requests}
     * @return empty where the call takes no body
     */
    static Map<String, String> of(String call) {
        return switch (call) {
            case "POST /api/v1/requests" -> Map.of("live", LIVE, "historic", HISTORIC);
            case "POST /api/v1/requests/{id}/decision" ->
                Map.of(
                        "approval", "{\"outcome\": \"APPROVED\", \"on\": \"2024-05-03\"}",
                        "refusal",
                                "{\"outcome\": \"REFUSED\", \"on\": \"2024-05-03\", \"reason\": \"DISPROPORTIONATE\"}",
                        "courtOrder", COURT_ORDER);
            case "POST /api/v1/requests/{id}/withdrawal" -> Map.of("withdrawal", "{\"on\": \"2024-05-03\"}");
            case "POST /api/v1/requests/{id}/match" ->
                Map.of("match", "{\"on\": \"2024-05-08\", \"matched\": 2, \"ambiguous\": 1}");
            case "POST /api/v1/requests/{id}/disclosure" ->
                Map.of(
                        "disclosure",
                        "{\"on\": \"2024-05-09\", \"answered\": 2, \"returned\": 2, \"items\": [\"SCHOOL\"]}",
                        "nilReturn",
                        "{\"on\": \"2024-05-09\", \"answered\": 0, \"returned\": 0, \"items\": []}");
            case "POST /api/v1/requests/{id}/destruction" ->
                Map.of("destruction", "{\"on\": \"2024-05-31\", \"method\": \"SECURE_ERASE\"}");
            case "POST /api/v1/requests/{id}/closure" -> Map.of("closure", "{\"on\": \"2024-06-03\"}");
            case "POST /api/v1/requests/{id}/corrections" -> Map.of("correction", CORRECTION);
            case "POST /api/v1/requests/{id}/annulment" ->
                Map.of("annulment", "{\"cause\": \"TRANSCRIPTION\", \"authority\": \"HCWS272\"}");
            case "PUT /api/v1/organisations/{code}" ->
                Map.of(
                        "organisation",
                        "{\"name\": \"Metropolitan Police\", \"category\": \"POLICE\", \"parent\": \"POLICE\"}");
            case "POST /api/v1/imports" -> Map.of("file", FILE);
            default -> Map.of();
        };
    }

    static final String CHECKPOINT = """
            pupil-ledger.internal/0f3c5a7e9b1d2f46
            2
            ZTZBFs0N4HJNWkLIRS5mbjLP1hWPIoyX9Urc2cHHMNs=

            \u2014 pupil-ledger.internal/0f3c5a7e9b1d2f46 ...
            """;

    static final String RECEIPT = """
            c2sp.org/tlog-proof@v1
            extra eyJhZ2dyZWdhdGVJZCI6...
            index 1
            VYRtxeqU8bJzTSFc4Oz6hmdpQtYsBp5oSsM7Ia+IUlA=

            """ + CHECKPOINT;

    private static final String LIVE = """
            {"references": ["2024-0051234"], "organisation": "DWP", "received": "2024-05-01",
             "purpose": "SCHOOL_REGISTRATION_CHECK", "gateway": "DWP-FUNC", "lawfulBasis": "PUBLIC_TASK", "agreement": null,
             "submitted": {"individuals": 12, "items": ["NAME", "DATE_OF_BIRTH"],
                           "rowsReceived": 14, "duplicates": 1, "invalid": 1},
             "requestedItems": ["MATCH_INDICATOR", "SCHOOL"]}
            """;

    private static final String HISTORIC = """
            {"references": ["2023-0051234"], "organisation": "DWP", "received": "2023-06",
             "purpose": "SCHOOL_REGISTRATION_CHECK", "gateway": "DWP-FUNC", "lawfulBasis": "PUBLIC_TASK", "agreement": null,
             "submitted": {"individuals": 12, "items": ["NAME", "DATE_OF_BIRTH"],
                           "rowsReceived": null, "duplicates": null, "invalid": null},
             "requestedItems": ["RECORD_HELD", "DATE_LAST_COLLECTED"],
             "historic": {"source": "FOI_ANSWER", "reference": "pupil_data_dwp_pupil_matching_re", "published": "2024-02-05"},
             "decision": {"outcome": "APPROVED", "on": "2023-06"},
             "match": {"on": "2023-06", "matched": null, "ambiguous": null},
             "disclosure": {"on": "2023-06", "answered": 12, "returned": 12, "items": ["RECORD_HELD", "DATE_LAST_COLLECTED"]}}
            """;

    private static final String COURT_ORDER = """
            {"outcome": "APPROVED", "on": "2024-05-03", "courtOrder": {"court": "FAMILY_COURT", "made": "2024-05-02"}}
            """;

    private static final String CORRECTION = """
            {"changes": [{"field": "match.matched", "was": 2, "now": 3}], "cause": "RECOUNT", "authority": "HCWS272"}
            """;

    private static final String FILE = """
            references,organisation,received,purpose,gateway,individuals_submitted,items_submitted,decision,individuals_matched,\
            individuals_ambiguous,individuals_answered,individuals_returned,items_returned,source,source_reference,source_published
            2023-0061234;2023-0061235,DWP,2023-08,SCHOOL_REGISTRATION_CHECK,DWP-FUNC,7,NAME;DATE_OF_BIRTH,APPROVED,2,0,2,2,SCHOOL,\
            FOI_ANSWER,pupil_data_dwp_pupil_matching_re,2024-02-05
            """;
}
