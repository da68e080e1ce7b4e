package org.pupilledger.editions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.editions.AgreementColumns.Agreed;
import org.pupilledger.editions.AgreementColumns.Shown;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;
import org.pupilledger.values.AgreementReference;

/** The table of agreements, as they stood on the last day of a quarter; those that had not begun are left out. */
public final class AgreementsTable {
    static final String NAME = "agreements";

    private static final Column STATUS = StatusColumn.of("[x] not available, [z] not applicable, [r] revised");

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
    Table table(Quarter quarter, long position, Set<AgreementCell> revised, EditionRules rules) {
        LocalDate day = day(quarter);
        Map<AgreementReference, AgreementState> known = at(position);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (AgreementReference reference : known.keySet()) {
            agreed(reference, known, day).ifPresent(agreed -> rows.add(row(agreed, rules, revised)));
        }
        List<Column> columns = new ArrayList<>();
        AgreementColumns.of(rules).forEach(shown -> columns.add(shown.column()));
        columns.add(STATUS);
        return new Table(
                NAME,
                "Agreements to match people with the National Pupil Database, England, as they stood on "
                        + EditionDocument.day(day),
                "Parties, terms and standing of each agreement that had begun.",
                columns,
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
            AgreementReference reference,
            Map<AgreementReference, AgreementState> known,
            LocalDate day,
            EditionRules rules) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        agreed(reference, known, day)
                .ifPresent(agreed -> AgreementColumns.of(rules)
                        .forEach(shown -> cells.put(shown.column().name(), shown.cell(agreed))));
        return cells;
    }

    private static Optional<Agreed> agreed(
            AgreementReference reference, Map<AgreementReference, AgreementState> known, LocalDate day) {
        AgreementState agreement = known.get(reference);
        if (agreement == null
                || agreement.annulment() != null
                || agreement.versionOn(day).isEmpty()) {
            return Optional.empty();
        }
        AgreementReference umbrella = agreement.umbrella();
        return Optional.of(Agreed.of(agreement, umbrella == null ? null : known.get(umbrella), day));
    }

    private static List<@Nullable Object> row(Agreed agreed, EditionRules rules, Set<AgreementCell> revised) {
        List<@Nullable Object> row = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (Shown shown : AgreementColumns.of(rules)) {
            Object cell = shown.cell(agreed);
            row.add(cell);
            if (cell == null) {
                shown.ofEmpty().ifPresent(empty::add);
            }
            String column = shown.column().name();
            if (revised.contains(new AgreementCell(agreed.agreement().reference(), column))) {
                changed.add(StatusColumn.revised(column));
            }
        }
        empty.addAll(changed);
        row.add(StatusColumn.joined(empty));
        return row;
    }
}
