package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.pupilledger.rebuild.Rebuilds;

/**
 * Rebuilds.
 *
 * @param items      of this server since it started, newest first
 * @param unfinished of any program
 */
@Schema(name = "Rebuilds")
public record RebuildsView(List<RebuildView> items, List<UnfinishedView> unfinished) {
    /**
     * One that has begun and is not done: it is under way, or will be resumed.
     *
     * @param position newest entry folded into the new copy, -1 before the first
     * @param head     newest entry folded into the copy that serves
     */
    @Schema(name = "UnfinishedRebuild")
    public record UnfinishedView(String projection, long position, long head, Instant startedAt) {}

    static RebuildsView of(List<Rebuilds.State> items, List<Rebuilds.Unfinished> unfinished) {
        return new RebuildsView(
                items.stream().map(RebuildView::of).toList(),
                unfinished.stream()
                        .map(left ->
                                new UnfinishedView(left.projection(), left.position(), left.head(), left.startedAt()))
                        .toList());
    }
}
