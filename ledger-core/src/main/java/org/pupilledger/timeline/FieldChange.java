package org.pupilledger.timeline;

import org.jspecify.annotations.Nullable;

/**
 * What an event changed of something that had been recorded before.
 *
 * @param field as JSON names it where the thing is read, such as {@code match.matched}
 * @param was   as JSON has it: null, a number, a text, or a list of texts or of objects
 * @param now   the same
 */
public record FieldChange(
        String field, @Nullable Object was, @Nullable Object now) {}
