package org.pupilledger.node;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.Volumes;
import org.pupilledger.seal.LogFiles;

/**
 * How a ledger is to be.
 *
 * @param dataDirectory  where the program may keep what is its own
 * @param origin         name of the log, which is fixed at creation; by default a random one
 * @param publicInterval how long a public checkpoint stays before a newer one takes its place
 * @param inception      the ledger's first day; by default the day on which it is created, and fixed from then on
 * @param clockConfirmed today's date, where somebody says that the clock is right
 * @param volumes        those that must have room so that anything is recorded
 */
public record NodeSettings(
        Path dataDirectory,
        LogFiles logFiles,
        @Nullable String origin,
        Duration publicInterval,
        @Nullable LocalDate inception,
        @Nullable LocalDate clockConfirmed,
        Volumes volumes) {}
