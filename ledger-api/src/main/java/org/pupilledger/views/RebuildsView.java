package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.pupilledger.rebuild.Rebuilds;

/**
 * Rebuilds.
 *
 * @param items      of this server since it started, newest first
 * @param unfinished of any program
 */
@Schema(name = "Rebuilds")
public record RebuildsView(List<RebuildView> items, List<Rebuilds.Unfinished> unfinished) {}
