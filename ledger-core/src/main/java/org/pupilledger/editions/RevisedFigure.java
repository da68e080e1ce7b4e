package org.pupilledger.editions;

import org.jspecify.annotations.Nullable;

/**
 * A figure that a revision shows otherwise than the one before it.
 *
 * @param revision         that shows it otherwise, from 2
 * @param was              null where it was not stated
 * @param now              null where it is not stated
 * @param firstPublishedIn the edition that was the first to show it, such as {@code 2023-Q3 revision 1}
 * @param correctedIn      the same of the one that corrects it
 * @param cause            in plain English; several are joined by semicolons
 */
public record RevisedFigure(
        FigureSheet sheet,
        int revision,
        String column,
        String organisation,
        String period,
        String label,
        @Nullable Long was,
        @Nullable Long now,
        String firstPublishedIn,
        String correctedIn,
        String cause) {}
