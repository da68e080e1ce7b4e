package org.pupilledger.request;

import java.util.List;
import java.util.Map;

/** What a field can be corrected to. */
public final class FieldValues {
    private FieldValues() {}

    /** A value that fits the field and is not the one in any sample. */
    public static Object of(Field field) {
        return switch (field) {
            case REFERENCES -> List.of("2023-0028896", "2023-0028898");
            case ORGANISATION, UNIT, RECIPIENT -> "POLICE";
            case COURT -> "CROWN_COURT";
            case RECEIVED,
                    HISTORIC_PUBLISHED,
                    DECISION_ON,
                    COURT_ORDER_MADE,
                    WITHDRAWAL_ON,
                    MATCH_ON,
                    DISCLOSURE_ON,
                    DESTRUCTION_ON,
                    CLOSURE_ON -> "2019-11";
            case PURPOSES -> List.of("MISSING_CHILD", "COURT_ORDER");
            case GATEWAY -> "FLA86-S33";
            case LAWFUL_BASIS -> "VITAL_INTERESTS";
            case AGREEMENT -> "DS00777";
            case SUBMITTED_INDIVIDUALS,
                    SUBMITTED_ROWS_RECEIVED,
                    SUBMITTED_DUPLICATES,
                    SUBMITTED_INVALID,
                    MATCHED,
                    AMBIGUOUS,
                    UNMATCHED,
                    ANSWERED,
                    RETURNED -> 100_000_000L;
            case SUBMITTED_ITEMS, REQUESTED_ITEMS, DISCLOSURE_ITEMS -> List.of("GENDER", "NATIONALITY");
            case HISTORIC_SOURCE -> "PARLIAMENT";
            case HISTORIC_REFERENCE -> "HCWS272";
            case RETURNS -> List.of(Map.of("individuals", 3L, "items", List.of("NATIONALITY")));
            case DISCLOSURE_REFERENCES ->
                List.of(Map.of(
                        "reference",
                        "2023-0028896",
                        "answered",
                        3L,
                        "returned",
                        0L,
                        "items",
                        List.of("MATCH_INDICATOR")));
            case NIL -> "NOT_HELD";
            case HISTORIC_OUTCOME -> "OPEN";
            case DECISION_OUTCOME -> "APPROVED";
            case DECISION_REASON -> "NO_LAWFUL_BASIS";
            case DESTRUCTION_METHOD -> "RETURNED";
        };
    }
}
