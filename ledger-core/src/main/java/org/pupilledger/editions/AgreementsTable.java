package org.pupilledger.editions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.Terms;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Item;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.period.Quarter;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.SourceReference;

/** The table of agreements, as they stood on the last day of a quarter; those that had not begun are left out. */
public final class AgreementsTable {
    static final String NAME = "agreements";

    private static final String BETWEEN = "; ";

    private static final List<Column> COLUMNS = List.of(
            new Column("reference", "Reference", Kind.CODE, "The department's reference for the agreement."),
            new Column("level", "Level", Kind.TEXT, "Umbrella agreement, or one for a process."),
            new Column("umbrella", "Umbrella", Kind.CODE, "Reference of the agreement under which it stands."),
            new Column("parties", "Parties", Kind.TEXT, "Codes of its organisations, each with its role."),
            new Column("version", "Version", Kind.CODE, "Number of the version on that day."),
            new Column("version_from", "Version from", Kind.DATE, "First day or month of that version."),
            new Column("standing", "Standing", Kind.TEXT, "Whether it was in force on that day, or why not."),
            new Column("lawful_basis", "Lawful basis", Kind.TEXT, "Ground under Article 6 of the UK GDPR."),
            new Column("gateway", "Gateway", Kind.TEXT, "The legal power to share."),
            new Column("access_route", "Access route", Kind.TEXT, "How the data are reached."),
            new Column("access_reason", "Reason for the route", Kind.TEXT, "Why they are reached so."),
            new Column("items_in", "Items submitted", Kind.TEXT, "Data items that may be submitted."),
            new Column("items_out", "Items returned", Kind.TEXT, "Data items that may be returned."),
            new Column(
                    "monthly_ceiling",
                    "Monthly ceiling",
                    Kind.PEOPLE,
                    "Most people that may be submitted in a month under it."),
            new Column("dpia", "Impact assessment", Kind.CODE, "Reference of the data protection impact assessment."),
            StatusColumn.of("[x] not available, [z] not applicable, [r] revised"));

    private final KnownStates<AgreementState> agreements;

    public AgreementsTable(KnownStates<AgreementState> agreements) {
        this.agreements = agreements;
    }

    /** The agreements as they were at a position, by reference. */
    Map<AgreementReference, AgreementState> at(long position) {
        agreements.await(position);
        Map<AgreementReference, AgreementState> known = new TreeMap<>();
        agreements.at(position).forEach(found -> known.put(found.state().reference(), found.state()));
        return known;
    }

    /**
     * @param position newest entry that counts
     * @param revised  cells that an earlier revision showed otherwise
     */
    Table table(Quarter quarter, long position, Set<AgreementCell> revised) {
        LocalDate day = day(quarter);
        Map<AgreementReference, AgreementState> known = at(position);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (AgreementReference reference : known.keySet()) {
            List<@Nullable Object> row = row(reference, known, day);
            if (row != null) {
                mark(row, reference, revised);
                rows.add(row);
            }
        }
        return new Table(
                NAME,
                "Agreements to match people with the National Pupil Database, England, as they stood on "
                        + EditionDocument.day(day),
                "Parties, terms and standing of each agreement that had begun.",
                COLUMNS,
                rows);
    }

    /** The day on which agreements stand as the table of a quarter shows. */
    static LocalDate day(Quarter quarter) {
        return quarter.last().atEndOfMonth();
    }

    /** A cell of the table. */
    record AgreementCell(AgreementReference reference, String column) {}

    /** The cells of an agreement, by column and in their order, without the status; empty while it has not begun. */
    static Map<String, @Nullable Object> cells(
            AgreementReference reference, Map<AgreementReference, AgreementState> known, LocalDate day) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        List<@Nullable Object> row = row(reference, known, day);
        for (int i = 0; row != null && i < COLUMNS.size() - 1; i++) {
            cells.put(COLUMNS.get(i).name(), row.get(i));
        }
        return cells;
    }

    private static void mark(List<@Nullable Object> row, AgreementReference reference, Set<AgreementCell> revised) {
        List<String> entries = new ArrayList<>();
        Object status = row.getLast();
        if (status != null) {
            entries.add(status.toString());
        }
        for (Column column : COLUMNS) {
            if (revised.contains(new AgreementCell(reference, column.name()))) {
                entries.add(StatusColumn.revised(column.name()));
            }
        }
        row.set(row.size() - 1, StatusColumn.joined(entries));
    }

    private static @Nullable List<@Nullable Object> row(
            AgreementReference reference, Map<AgreementReference, AgreementState> known, LocalDate day) {
        AgreementState agreement = known.get(reference);
        if (agreement == null
                || agreement.annulment() != null
                || agreement.versionOn(day).isEmpty()) {
            return null;
        }
        Terms shown = agreement.termsOn(day);
        AgreementReference umbrella = agreement.umbrella();
        AgreementPermission permission =
                new AgreementPermission(agreement, umbrella == null ? null : known.get(umbrella));
        List<@Nullable Object> row = new ArrayList<>();
        row.add(agreement.reference().value());
        row.add(agreement.level().label());
        row.add(umbrella == null ? null : umbrella.value());
        row.add(shown.parties().stream()
                .map(party -> party.organisation() + " (" + party.role().label() + ")")
                .collect(Collectors.joining(BETWEEN)));
        row.add(shown.number().toString());
        row.add(shown.from() == null ? null : shown.from().toString());
        row.add(permission.standing(day).label());
        row.add(label(shown.lawfulBasis()));
        row.add(label(shown.gateway()));
        row.add(shown.route().access().label());
        row.add(label(shown.route().reason()));
        row.add(items(shown.itemsIn()));
        row.add(items(shown.itemsOut()));
        row.add(shown.monthlyCeiling() == null ? null : shown.monthlyCeiling().longValue());
        SourceReference dpia = shown.details().dpia();
        row.add(dpia == null ? null : dpia.value());
        row.add(status(agreement, shown));
        return row;
    }

    private static @Nullable String label(@Nullable Code code) {
        return code == null ? null : code.label();
    }

    private static String items(List<Item> items) {
        return items.stream().map(Item::label).collect(Collectors.joining(BETWEEN));
    }

    private static @Nullable String status(AgreementState agreement, Terms terms) {
        List<String> entries = new ArrayList<>();
        note(entries, agreement.umbrella(), "[z] umbrella");
        note(entries, terms.from(), "[x] version from");
        note(entries, terms.lawfulBasis(), "[x] lawful basis");
        note(entries, terms.gateway(), "[x] gateway");
        note(entries, terms.route().reason(), "[z] reason for the route");
        note(entries, terms.monthlyCeiling(), "[z] monthly ceiling");
        note(entries, terms.details().dpia(), "[x] impact assessment");
        return StatusColumn.joined(entries);
    }

    private static void note(List<String> entries, @Nullable Object cell, String shorthand) {
        if (cell == null) {
            entries.add(shorthand);
        }
    }
}
