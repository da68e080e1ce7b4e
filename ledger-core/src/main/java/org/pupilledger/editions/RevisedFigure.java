package org.pupilledger.editions;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FiguresTable;

/**
 * A figure that a revision shows otherwise than the one before it.
 *
 * @param revision         that shows it otherwise, from 2
 * @param column           name of the column
 * @param was              null where it was not stated
 * @param now              null where it is not stated
 * @param firstPublishedIn the edition that was the first to show it, such as {@code 2023-Q3 revision 1}
 * @param correctedIn      the same of the one that corrects it
 * @param kinds            in what ways it is another one, ascending
 * @param cause            in plain English; several are joined by semicolons
 */
public record RevisedFigure(
        FigureSheet sheet,
        int revision,
        FiguresTable.Key row,
        String column,
        @Nullable Long was,
        @Nullable Long now,
        String firstPublishedIn,
        String correctedIn,
        Set<ChangeKind> kinds,
        String cause) {}
