package org.pupilledger.tables;

import org.pupilledger.tables.Column.Kind;

/** The columns that say which figure a row is about, wherever there are figures. */
public final class FigureColumns {
    public static final Column ORGANISATION =
            new Column("organisation", "Organisation", Kind.CODE, "Code of the organisation that asked.");

    /** Of tables that are published, which have no other periods. */
    public static final Column PERIOD =
            new Column("period", "Period", Kind.CODE, "Month or quarter of receipt, as a code.");

    public static final Column PERIOD_LABEL =
            new Column("period_label", "Period in words", Kind.TEXT, "The period, as it is read.");

    public static final Column COVERAGE = new Column(
            "coverage",
            "Coverage",
            Kind.CODE,
            "Whether the record of the period is complete: COMPLETE, PART, NONE, or NOT_DECLARED where nobody has said.");

    private FigureColumns() {}
}
