package org.pupilledger.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publishing.PublishedSheets;
import org.pupilledger.rebuild.AlreadyRebuilding;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.rebuild.Progress;
import org.pupilledger.rebuild.Rebuild;
import org.pupilledger.rebuild.Watch;
import org.pupilledger.rebuild.Wish;
import org.pupilledger.totals.FiguresReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays the whole ledger and compares what it gives with all that was counted before: the running totals, the register, the
 * figures behind each release, and the snapshots. What differs is drift; a snapshot that differs is also made anew.
 */
public final class SelfCheck {
    /** Findings that one check tells. */
    public static final int MAX_FINDINGS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);

    private final Replay replay;
    private final Snapshots snapshots;
    private final FiguresReader figures;
    private final PublishedSheets published;
    private final Rebuild register;
    private final Clock clock;
    private final Path kept;
    private volatile @Nullable Outcome last;
    private volatile @Nullable String failure;

    /**
     * @param register of the register, to be compared only
     * @param kept     file that keeps what the last check found, so that a restart does not make it forgotten
     */
    public SelfCheck(
            Replay replay,
            Snapshots snapshots,
            FiguresReader figures,
            PublishedSheets published,
            Rebuild register,
            Clock clock,
            Path kept) {
        this.replay = replay;
        this.snapshots = snapshots;
        this.figures = figures;
        this.published = published;
        this.register = register;
        this.clock = clock;
        this.kept = kept;
        this.last = read(kept);
    }

    private static @Nullable Outcome read(Path kept) {
        try {
            return Files.exists(kept) ? PrivateFiles.readJson(kept, Outcome.class) : null;
        } catch (IOException e) {
            LOG.warn("what the last self-check found cannot be read, and is as if there had been none");
            return null;
        }
    }

    private void keep(Outcome outcome) {
        try {
            PrivateFiles.createDirectories(kept.toAbsolutePath().resolveSibling(""));
            PrivateFiles.replaceJson(kept, outcome);
        } catch (IOException e) {
            LOG.warn(
                    "what the self-check found is known until the program ends, since it cannot be written down: {}",
                    e + "");
        }
    }

    /**
     * What a check found.
     *
     * @param position newest entry of the totals that were checked, -1 where there is none
     * @param drift    sentences, at most {@value #MAX_FINDINGS}; empty where all agrees
     */
    public record Outcome(Instant at, long position, List<String> drift) {
        public Outcome {
            drift = List.copyOf(drift);
        }
    }

    /** Of the last check that came to its end; empty before the first. */
    public Optional<Outcome> last() {
        return Optional.ofNullable(last);
    }

    /** The first drift that the last complete check found; null where it found none. */
    public @Nullable String drift() {
        Outcome outcome = last;
        return outcome == null || outcome.drift().isEmpty()
                ? null
                : outcome.drift().getFirst();
    }

    /** Why the last check did not come to its end; null where it did, or none was tried. */
    public @Nullable String failure() {
        return failure;
    }

    /**
     * Checks now.
     *
     * @throws CancellationException the listener wants no more
     */
    public Outcome run(ReplayListener listener) {
        try {
            Outcome outcome = check(listener);
            outcome.drift().forEach(finding -> LOG.error("self-check: {}", finding));
            last = outcome;
            failure = null;
            keep(outcome);
            return outcome;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            failure = e.getClass().getSimpleName();
            LOG.warn("self-check failed: {}", failure);
            throw e;
        }
    }

    private Outcome check(ReplayListener listener) {
        FiguresSource.Current live = figures.current();
        List<PublishedSheets.Frozen> releases = published.frozen();
        long size = live.position() + 1;
        long spacing = Snapshots.spacing(size);
        NavigableSet<Long> stops = new TreeSet<>();
        for (long at = spacing; at <= size; at += spacing) {
            stops.add(at - 1);
        }
        releases.stream()
                .map(PublishedSheets.Frozen::position)
                .filter(position -> position < size)
                .forEach(stops::add);
        if (size > 0) {
            stops.add(live.position());
        }
        List<String> drift = new ArrayList<>();
        try {
            Prefix prefix = new Prefix();
            for (long stop : stops) {
                long before = prefix.size();
                prefix = replay.continued(
                        prefix, new Until.Position(stop), (done, of) -> listener.at(before + done, size));
                if (prefix.size() % spacing == 0) {
                    checkSnapshot(prefix, drift);
                }
                for (PublishedSheets.Frozen release : releases) {
                    if (release.position() == stop && !release.isOf(totals(prefix, release.rules()))) {
                        drift.add("The figures of " + release.name() + " are not those that the entries 0 to " + stop
                                + " give.");
                    }
                }
            }
            compare(live.totals(), prefix.totals(), drift);
            checkRegister(listener, size, drift);
        } catch (NotAsSigned e) {
            drift.add(String.valueOf(e.getMessage()));
        }
        return new Outcome(clock.instant(), live.position(), drift.subList(0, Math.min(drift.size(), MAX_FINDINGS)));
    }

    /** By the rules of an edition; the entries are those that were just verified. */
    private Totals totals(Prefix prefix, EditionRules rules) {
        return rules == EditionRules.NEWEST ? prefix.totals() : figures.fold(prefix.position(), rules);
    }

    /** By digest, since only its content matters and not where it differs. */
    private void checkRegister(ReplayListener listener, long size, List<String> drift) {
        try {
            var outcome = register.check(new Watch() {
                @Override
                public Wish wish() {
                    // may end all of it
                    listener.at(size, size);
                    return Wish.GO_ON;
                }

                @Override
                public void at(Progress progress) {
                    // all of its entries were counted before
                }
            });
            if (outcome.finding() == Finding.DAMAGED) {
                drift.add("The register is not what the entries 0 to " + outcome.position()
                        + " give. Rebuild the projection register.");
            }
        } catch (AlreadyRebuilding e) {
            // which compares them too
        }
    }

    /** One that was damaged is no drift: it would not have been used. */
    private void checkSnapshot(Prefix prefix, List<String> drift) {
        Optional<Prefix> kept = snapshots.at(prefix.position());
        if (kept.isPresent() && !Snapshots.areSame(kept.get(), prefix)) {
            drift.add("The snapshot at position " + prefix.position() + " was not what the entries give.");
        }
        if (kept.isEmpty() || !Snapshots.areSame(kept.get(), prefix)) {
            snapshots.put(prefix);
        }
    }

    private static void compare(Totals live, Totals replayed, List<String> drift) {
        Map<Delta.Key, Tally> keys = new TreeMap<>(live.months());
        keys.putAll(replayed.months());
        for (Delta.Key key : keys.keySet()) {
            Tally was = live.months().getOrDefault(key, new Tally());
            Tally now = replayed.months().getOrDefault(key, new Tally());
            for (Measure measure : Measure.values()) {
                if (was.get(measure) != now.get(measure)) {
                    drift.add("The running totals of " + key.period() + ", " + key.organisation() + " ("
                            + key.why().purpose()
                            + ", " + key.why().gateway() + ", " + key.why().lawfulBasis() + ") have "
                            + was.get(measure) + " as " + measure.column() + ", the entries give " + now.get(measure)
                            + ". Rebuild the projection totals.");
                }
            }
        }
        if (!live.coverage().equals(replayed.coverage())) {
            drift.add(
                    "The running totals have other months covered than the entries give. Rebuild the projection totals.");
        }
        if (!live.organisations().equals(replayed.organisations())) {
            drift.add("The running totals have other categories or parents of organisations than the entries give."
                    + " Rebuild the projection totals.");
        }
    }
}
