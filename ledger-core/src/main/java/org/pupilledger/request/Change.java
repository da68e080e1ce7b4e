package org.pupilledger.request;

import org.jspecify.annotations.Nullable;

/**
 * One field's old and new value, as JSON has them: null, {@code Long}, {@code String} or a list of strings or of objects.
 */
public record Change(
        Field field, @Nullable Object was, @Nullable Object now) {}
