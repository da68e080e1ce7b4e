package org.pupilledger.values;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.RefusalReason;

/**
 * One reference of several that was refused while the rest went on.
 *
 * @param reason null where none was given
 */
public record RefusedReference(
        Reference reference, BusinessDate on, @Nullable RefusalReason reason) {}
