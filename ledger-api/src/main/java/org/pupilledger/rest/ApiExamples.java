package org.pupilledger.rest;

import java.util.Map;
import org.pupilledger.published.LogController;

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
                        "approval",
                        "{\"outcome\": \"APPROVED\", \"on\": \"2024-05-03\"}",
                        "refusal",
                        "{\"outcome\": \"REFUSED\", \"on\": \"2024-05-03\", \"reason\": \"DISPROPORTIONATE\"}",
                        "courtOrder",
                        COURT_ORDER,
                        "override",
                        OVERRIDE);
            case "POST /api/v1/requests/{id}/withdrawal" -> Map.of("withdrawal", "{\"on\": \"2024-05-03\"}");
            case "POST /api/v1/requests/{id}/match" ->
                Map.of("match", "{\"on\": \"2024-05-08\", \"matched\": 2, \"ambiguous\": 1}");
            case "POST /api/v1/requests/{id}/disclosure" ->
                Map.of(
                        "disclosure",
                        "{\"on\": \"2024-05-09\", \"answered\": 2, \"returned\": 2, \"items\": [\"SCHOOL\"]}",
                        "nilReturn",
                        "{\"on\": \"2024-05-09\", \"answered\": 0, \"returned\": 0, \"items\": []}");
            case "POST /api/v1/requests/{id}/further-disclosures" ->
                Map.of(
                        "furtherDisclosure",
                        "{\"on\": \"2024-05-20\", \"answered\": 1, \"returned\": 1, \"items\": [\"SCHOOL\"]}");
            case "POST /api/v1/requests/{id}/references" -> Map.of("reference", "{\"reference\": \"2024-0051236\"}");
            case "POST /api/v1/requests/{id}/reference-refusals" ->
                Map.of(
                        "referenceRefusal",
                        "{\"reference\": \"2024-0051236\", \"on\": \"2024-05-02\", \"reason\": \"AUTHORITY_MISSING\"}");
            case "POST /api/v1/requests/{id}/destruction" ->
                Map.of("destruction", "{\"on\": \"2024-05-31\", \"method\": \"SECURE_ERASE\"}");
            case "POST /api/v1/requests/{id}/closure" -> Map.of("closure", "{\"on\": \"2024-06-03\"}");
            case "POST /api/v1/requests/{id}/corrections" -> Map.of("correction", CORRECTION);
            case "POST /api/v1/requests/{id}/annulment",
                    "POST /api/v1/statements/{id}/annulment",
                    "POST /api/v1/period-totals/{id}/annulment" ->
                Map.of("annulment", "{\"cause\": \"TRANSCRIPTION\", \"authority\": \"HCWS272\"}");
            case "POST /api/v1/editions" ->
                Map.of("edition", "{\"quarter\": \"2023-Q3\", \"releaseOn\": \"2023-12-07\"}");
            case "POST /api/v1/editions/{quarter}/schedule" ->
                Map.of("schedule", "{\"releaseOn\": \"2023-12-14\", \"reason\": \"QUALITY_ASSURANCE\"}");
            case "POST /api/v1/editions/{quarter}/preview", "POST /api/v1/editions/{quarter}/release" ->
                Map.of("nothing", "{}");
            case "POST /api/v1/editions/{quarter}/revisions" -> Map.of("correction", REVISION);
            case "POST /api/v1/period-totals" -> Map.of("homeOffice", PERIOD_TOTAL);
            case "POST /api/v1/period-totals/{id}/corrections" -> Map.of("correction", PERIOD_TOTAL_CORRECTION);
            case "POST /api/v1/statements" -> Map.of("parliament", PARLIAMENT, "backedByTheLedger", FROM_LEDGER);
            case "POST /api/v1/statements/{id}/correction" -> Map.of("correction", TOLD_CORRECTED);
            case "POST /api/v1/statements/{id}/recipients-told" ->
                Map.of(
                        "recipientsTold",
                        "{\"toldOn\": \"2017-12-01\", \"channel\": \"OTHER\", \"reference\": null, \"value\": 531}");
            case "POST /api/v1/coverage" -> Map.of("fromASource", COVERAGE);
            case "POST /api/v1/coverage/{id}/confirmation", "POST /api/v1/coverage/{id}/dropping" ->
                Map.of("nothing", "{}");
            case "POST /api/v1/coverage/{id}/withdrawal" ->
                Map.of("withdrawal", "{\"cause\": \"LATE_INFORMATION\", \"authority\": null}");
            case "POST /api/v1/agreements" -> Map.of("umbrella", UMBRELLA, "process", PROCESS);
            case "POST /api/v1/agreements/{reference}/amendments" -> Map.of("amendment", AMENDMENT);
            case "POST /api/v1/agreements/{reference}/suspension" ->
                Map.of(
                        "suspension",
                        "{\"on\": \"2018-04\", \"reason\": \"POLICY_CHANGE\", \"authority\": \"PQ-135467\"}");
            case "POST /api/v1/agreements/{reference}/resumption" ->
                Map.of("resumption", "{\"on\": \"2019-01-07\", \"authority\": null}");
            case "POST /api/v1/agreements/{reference}/end" ->
                Map.of(
                        "end",
                        "{\"on\": \"2023-03-31\", \"evidence\": [\"DESTRUCTION_CONFIRMED\"], \"authority\": null}");
            case "POST /api/v1/agreements/{reference}/corrections" ->
                Map.of(
                        "end",
                        "{\"part\": \"END\", \"was\": \"2023-03-31\", \"end\": null, \"cause\": \"TRANSCRIPTION\"}");
            case "POST /api/v1/agreements/{reference}/annulment" ->
                Map.of("annulment", "{\"cause\": \"TRANSCRIPTION\", \"authority\": null}");
            case "POST /api/v1/agreements/{reference}/listing" ->
                Map.of("listing", "{\"on\": \"2023-09\", \"source\": \"external-data-shares-2023-09\"}");
            case "POST /api/v1/agreements/{reference}/unlisting" ->
                Map.of("unlisting", "{\"on\": \"2023-12-07\", \"source\": \"external-data-shares-2023-12\"}");
            case "POST /api/v1/rebuilds" -> Map.of("totals", "{\"projection\": \"totals\"}");
            case "PUT /api/v1/organisations/{code}" ->
                Map.of(
                        "organisation",
                        "{\"name\": \"Metropolitan Police\", \"category\": \"POLICE\", \"parent\": \"POLICE\"}");
            case "POST /api/v1/imports" -> Map.of("file", FILE, "totals", FILE_OF_TOTALS);
            default -> Map.of();
        };
    }

    static final String RECEIPT = """
            c2sp.org/tlog-proof@v1
            extra eyJhZ2dyZWdhdGVJZCI6...
            index 1
            VYRtxeqU8bJzTSFc4Oz6hmdpQtYsBp5oSsM7Ia+IUlA=

            """ + LogController.CHECKPOINT;

    private static final String REVISION = """
            {"kind": "UNSCHEDULED_CORRECTION", "reason": "RECOUNT", "decider": "HEAD_OF_PROFESSION",
             "announcedOn": "2024-01-11"}
            """;

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

    private static final String OVERRIDE = """
            {"outcome": "APPROVED", "on": "2024-05-03",
             "override": {"authoriser": "DATA_SHARING_BOARD", "authority": "DSAP-2024-0117"}}
            """;

    private static final String UMBRELLA = """
            {"reference": "MOU-2015-1", "level": "UMBRELLA", "umbrella": null,
             "version": {"number": "1.0", "from": "2015-06", "parties": [{"organisation": "HOME_OFFICE", "role": "PARTY"}],
                         "lawfulBasis": "PUBLIC_TASK", "gateway": "DPA18-S2P4",
                         "route": {"access": "DIRECT_TRANSFER", "reason": "OPERATIONAL_MATCHING"}, "dpia": null,
                         "itemsIn": [], "itemsOut": [], "monthlyCeiling": null}}
            """;

    private static final String PROCESS = """
            {"reference": "MOU-2015-2", "level": "PROCESS", "umbrella": "MOU-2015-1",
             "version": {"number": "1.0", "from": "2015-07-01", "parties": [{"organisation": "HOME_OFFICE", "role": "PARTY"}],
                         "lawfulBasis": "PUBLIC_TASK", "gateway": "DPA18-S2P4",
                         "route": {"access": "DIRECT_TRANSFER", "reason": "OPERATIONAL_MATCHING"}, "dpia": null,
                         "itemsIn": ["NAME", "DATE_OF_BIRTH", "GENDER", "ADDRESS"], "itemsOut": ["ADDRESS", "SCHOOL"],
                         "monthlyCeiling": 1500}}
            """;

    private static final String AMENDMENT = """
            {"number": "2.1", "from": "2016-10", "parties": [{"organisation": "HOME_OFFICE", "role": "PARTY"}],
             "lawfulBasis": "PUBLIC_TASK", "gateway": "DPA18-S2P4",
             "route": {"access": "DIRECT_TRANSFER", "reason": "OPERATIONAL_MATCHING"}, "dpia": "DPIA-2016-31",
             "itemsIn": ["NAME", "DATE_OF_BIRTH", "GENDER", "ADDRESS"], "itemsOut": ["ADDRESS", "SCHOOL"],
             "monthlyCeiling": 1500}
            """;

    private static final String CORRECTION = """
            {"changes": [{"field": "match.matched", "was": 2, "now": 3}], "cause": "RECOUNT", "authority": "HCWS272"}
            """;

    private static final String PERIOD_TOTAL = """
            {"organisation": "HOME_OFFICE", "from": "2015-07", "to": "2016-09",
             "requests": {"received": 25, "withdrawn": 2},
             "individuals": {"submitted": 2462, "matched": 520, "unmatched": 1942},
             "source": "PARLIAMENT", "reference": "PQ52645", "published": "2016-10-27"}
            """;

    private static final String PERIOD_TOTAL_CORRECTION = """
            {"was": {"requests": {"received": 25, "withdrawn": 2},
                     "individuals": {"submitted": 2462, "matched": 520, "unmatched": 1942}},
             "now": {"requests": {"received": 25, "withdrawn": 2},
                     "individuals": {"submitted": 2461, "matched": 531, "unmatched": 1930}},
             "cause": "RECOUNT", "authority": "HCWS272"}
            """;

    private static final String PARLIAMENT = """
            {"channel": "PARLIAMENT", "reference": "PQ48634", "body": null, "toldOn": "2016-10-27",
             "measure": "individuals_matched", "organisation": "HOME_OFFICE", "from": "2015-07", "to": "2016-09",
             "value": 520, "unit": "INDIVIDUALS",
             "backing": {"position": null, "source": "PARLIAMENT", "reference": "PQ48634"}}
            """;

    private static final String FROM_LEDGER = """
            {"channel": "OTHER", "reference": null, "body": "DWP", "toldOn": "2024-06-20",
             "measure": "requests_received", "organisation": null, "from": "2024-01", "to": "2024-03",
             "value": {"least": 0}, "unit": "REQUESTS", "backing": {"position": 0, "source": null, "reference": null}}
            """;

    private static final String COVERAGE = """
            {"organisation": "CABINET_OFFICE", "from": "2018-04", "to": "2018-06", "source": "FOI_ANSWER",
             "reference": "pupil_data_dwp_pupil_matching_re"}
            """;

    private static final String TOLD_CORRECTED = """
            {"was": 520, "now": 531, "toldOn": "2017-11-27", "channel": "PARLIAMENT", "reference": "HCWS272", "cause": "RECOUNT"}
            """;

    private static final String FILE = """
            references,organisation,received,purpose,gateway,individuals_submitted,items_submitted,decision,individuals_matched,\
            individuals_ambiguous,individuals_answered,individuals_returned,items_returned,source,source_reference,source_published
            2023-0061234;2023-0061235,DWP,2023-08,SCHOOL_REGISTRATION_CHECK,DWP-FUNC,7,NAME;DATE_OF_BIRTH,APPROVED,2,0,2,2,SCHOOL,\
            FOI_ANSWER,pupil_data_dwp_pupil_matching_re,2024-02-05
            """;

    private static final String FILE_OF_TOTALS = """
            organisation,from,to,requests_received,requests_withdrawn,individuals_submitted,source,source_reference
            HMRC,2001-04,2002-03,3,1,40,FILE,HCWS272
            """;
}
