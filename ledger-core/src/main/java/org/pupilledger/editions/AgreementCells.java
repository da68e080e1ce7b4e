package org.pupilledger.editions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.editions.AgreementsTable.AgreementCell;
import org.pupilledger.entries.Entry;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.values.AgreementReference;

/**
 * The cells of the agreements table that differ between two positions, and which events explain them: those after which
 * a cell reads otherwise than before.
 */
final class AgreementCells {
    private final Quarter quarter;
    private final LocalDate day;
    private final EditionRules rules;
    private final Map<AgreementReference, AgreementState> moment;
    private final List<Cell> cells = new ArrayList<>();

    private static final class Cell {
        private final AgreementCell cell;
        private final @Nullable Object before;
        private final @Nullable Object after;
        private final List<Long> events = new ArrayList<>();
        private @Nullable Object now;

        Cell(AgreementCell cell, @Nullable Object before, @Nullable Object after) {
            this.cell = cell;
            this.before = before;
            this.after = after;
            this.now = before;
        }
    }

    /**
     * @param before agreements at the earlier position
     * @param rules  of which the columns are compared
     */
    AgreementCells(
            Quarter quarter,
            Map<AgreementReference, AgreementState> before,
            Map<AgreementReference, AgreementState> after,
            EditionRules rules) {
        this.quarter = quarter;
        this.rules = rules;
        this.day = AgreementsTable.day(quarter);
        this.moment = new TreeMap<>(before);
        Set<AgreementReference> references = new TreeSet<>(before.keySet());
        references.addAll(after.keySet());
        for (AgreementReference reference : references) {
            Map<String, @Nullable Object> was = AgreementsTable.cells(reference, before, day, rules);
            Map<String, @Nullable Object> now = AgreementsTable.cells(reference, after, day, rules);
            Set<String> columns = new LinkedHashSet<>(now.keySet());
            columns.addAll(was.keySet());
            for (String column : columns) {
                if (!Objects.equals(was.get(column), now.get(column))) {
                    cells.add(new Cell(new AgreementCell(reference, column), was.get(column), now.get(column)));
                }
            }
        }
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    /** Folds the event in, and notes the entry with the cells that it explains. */
    boolean isExplainedBy(Entry entry, Object event) {
        if (cells.isEmpty() || !(event instanceof AgreementEvent agreement)) {
            return false;
        }
        AgreementState state = moment.get(agreement.reference());
        moment.put(
                agreement.reference(),
                AgreementState.after(state, agreement, entry.leaf().sequence()));
        boolean isExplained = false;
        for (Cell cell : cells) {
            Object now = AgreementsTable.cells(cell.cell.reference(), moment, day, rules)
                    .get(cell.cell.column());
            if (!Objects.equals(now, cell.now)) {
                cell.now = now;
                cell.events.add(entry.position());
                isExplained = true;
            }
        }
        return isExplained;
    }

    /** The cells that differ. */
    Set<AgreementCell> changed() {
        return cells.stream().map(cell -> cell.cell).collect(Collectors.toSet());
    }

    Stream<Comparison.Cell> told() {
        return cells.stream()
                .map(cell -> new Comparison.Cell(
                        AgreementsTable.NAME,
                        quarter.period(),
                        null,
                        cell.cell.reference(),
                        cell.cell.column(),
                        cell.before,
                        cell.after,
                        null,
                        cell.events));
    }
}
