package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FiguresView;
import org.pupilledger.problems.Problem;

/**
 * A replay that was asked for.
 *
 * @param askedAt          when it was asked for
 * @param compare          {@code live}, an edition, {@code csv}, or null where nothing is compared
 * @param state            {@code WAITING}, {@code RUNNING}, {@code DONE}, {@code FAILED} or {@code CANCELLED}
 * @param percent          of the entries that are to be gone through
 * @param entriesPerSecond so far
 * @param figures          null until it is done, and in lists
 * @param comparison       the same, and null where nothing was compared
 * @param problem          why it failed
 */
@Schema(name = "Replay")
record ReplayView(
        String id,
        Instant askedAt,
        @Nullable String asAt,
        @Nullable Long atPosition,
        String by,
        @Nullable String from,
        @Nullable String to,
        @Nullable String organisation,
        @Nullable String category,
        @Nullable String compare,
        String state,
        int percent,
        long entriesPerSecond,
        @Nullable FiguresView figures,
        @Schema(ref = ApiDescription.COMPARISON) @Nullable Map<String, @Nullable Object> comparison,
        @Nullable Problem problem) {}
