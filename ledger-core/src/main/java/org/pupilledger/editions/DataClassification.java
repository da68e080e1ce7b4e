package org.pupilledger.editions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.Table;

/**
 * How easily each data item identifies a person, and how much it tells about them, on the department's two scales:
 * identification risk from 1 (highest) to 6, sensitivity from A (highest) to E.
 */
public final class DataClassification {
    private static final String NAME = "classification-of-data";

    private DataClassification() {}

    /** @param number 1 to 6 */
    private record Risk(int number, String meaning) {
        static final Risk NAMES = new Risk(1, "identifies a person at once, by itself or with what anybody may know");
        static final Risk MEANINGFUL =
                new Risk(2, "identifies a person to those who hold other records with the same item");
        static final Risk INDIVIDUAL =
                new Risk(4, "about one person, but does not identify that person unless it is put with other items");
    }

    /** @param letter A to E */
    private record Sensitivity(String letter, String meaning) {
        static final Sensitivity SPECIAL =
                new Sensitivity("B", "sensitive: tells, or may tell, of a special category of personal data");
        static final Sensitivity PRIVATE =
                new Sensitivity("C", "personal: could be used to find, contact or harm a person");
        static final Sensitivity EDUCATION = new Sensitivity("D", "about a person's education");
        static final Sensitivity OTHER = new Sensitivity("E", "other: tells little by itself");
    }

    private record Level(Risk risk, Sensitivity sensitivity) {}

    private static Level of(Item item) {
        return switch (item) {
            case NAME -> new Level(Risk.NAMES, Sensitivity.OTHER);
            case DATE_OF_BIRTH -> new Level(Risk.MEANINGFUL, Sensitivity.OTHER);
            case GENDER -> new Level(Risk.INDIVIDUAL, Sensitivity.OTHER);
            case ADDRESS, ADDRESS_HISTORY -> new Level(Risk.NAMES, Sensitivity.PRIVATE);
            case NATIONALITY -> new Level(Risk.INDIVIDUAL, Sensitivity.SPECIAL);
            case MATCH_INDICATOR, RECORD_HELD, DATE_LAST_COLLECTED, SCHOOL, SCHOOL_HISTORY ->
                new Level(Risk.INDIVIDUAL, Sensitivity.EDUCATION);
        };
    }

    /** A row for each item, in the order in which items are listed. */
    public static Table table() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Arrays.stream(Item.values()).forEach(item -> rows.add(row(item)));
        return new Table(
                NAME,
                "Classification of data items that are submitted or returned, by identification risk and sensitivity",
                "How easily each data item identifies a person, and how much it tells about them.",
                List.of(
                        new Column("item", "Item", Kind.CODE, "Code of the data item."),
                        new Column("item_label", "Item in words", Kind.TEXT, "The data item, as it is read."),
                        new Column(
                                "identification_risk",
                                "Identification risk",
                                Kind.CODE,
                                "Level from 1, the highest risk, to 6, the lowest."),
                        new Column(
                                "identification_risk_meaning",
                                "What the risk means",
                                Kind.TEXT,
                                "What the level of identification risk says about the item."),
                        new Column(
                                "sensitivity",
                                "Sensitivity",
                                Kind.CODE,
                                "Level from A, the most sensitive, to E, the least."),
                        new Column(
                                "sensitivity_meaning",
                                "What the sensitivity means",
                                Kind.TEXT,
                                "What the level of sensitivity says about the item.")),
                rows);
    }

    private static List<@Nullable Object> row(Item item) {
        Level classified = of(item);
        return List.of(
                item.code(),
                item.label(),
                Integer.toString(classified.risk().number()),
                classified.risk().meaning(),
                classified.sensitivity().letter(),
                classified.sensitivity().meaning());
    }
}
