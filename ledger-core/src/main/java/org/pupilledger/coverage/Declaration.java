package org.pupilledger.coverage;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Source;
import org.pupilledger.values.SourceReference;

/**
 * That the record of some months is complete: what is not there did not happen.
 *
 * @param source    where all of it was taken from; null where it was recorded here as it came in
 * @param reference of the source, if it has one
 */
public record Declaration(
        CoveredMonths months,
        @Nullable Source source,
        @Nullable SourceReference reference) {}
