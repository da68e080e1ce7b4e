package org.pupilledger.publishing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.FrozenFigures;
import org.pupilledger.editions.Releases;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.period.Quarter;
import org.pupilledger.publishing.PublishedFiles.FileDamaged;

/**
 * Answers questions about the figures for everybody: from what is released, as it was frozen, whatever the ledger has
 * learnt since. A month is shown as the most recently released revision that holds it has it. An organisation is there
 * once figures of it are.
 */
public final class ReleasedFigures {
    /** Frozen figures that are kept read; nearly always those of one revision are asked for. */
    private static final int MAX_KEPT = 8;

    private final Releases releases;
    private final PublishedFiles files;
    private final Cache<Sha256, Totals> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

    public ReleasedFigures(Releases releases, PublishedFiles files) {
        this.releases = releases;
        this.files = files;
    }

    /**
     * The figures as they are released.
     *
     * @throws FileDamaged they are not what was released, or not kept here any more; nothing takes their place
     */
    public FiguresTable now(FiguresQuery query) {
        return table(query, release -> true, null);
    }

    /**
     * The figures as they were released by an instant, as the ledger recorded it.
     *
     * @param asked the instant as it was asked for
     */
    public FiguresTable asAt(FiguresQuery query, Instant instant, String asked) {
        return table(query, release -> !release.recordedAt().isAfter(instant), asked);
    }

    /** The figures as they were released at a position, which may be beyond the newest: that is nobody's business. */
    public FiguresTable atPosition(FiguresQuery query, long position) {
        return table(query, release -> release.position() <= position, null);
    }

    private FiguresTable table(FiguresQuery query, Predicate<Release> isWanted, @Nullable String asked) {
        List<Release> wanted = releases.all().stream().filter(isWanted).toList();
        Predicate<YearMonth> isReleased = month -> wanted.stream().anyMatch(release -> release.holds(month));
        return FiguresTable.of(totals(wanted, query.isRolledUp()), query, null, asked, isReleased);
    }

    /**
     * @param wanted     the oldest first
     * @param isRolledUp whether what is above an organisation with figures is there as well
     */
    private Totals totals(List<Release> wanted, boolean isRolledUp) {
        // where one release ends or has a gap, another one is seen: these months tell which are seen at all
        List<Period> telling = wanted.stream()
                .flatMap(release -> Stream.concat(Stream.of(release.quarter()), release.withheld().stream()))
                .map(Quarter::last)
                .map(month -> Period.of(By.MONTH, month))
                .distinct()
                .toList();
        Totals shown = new Totals();
        List<Totals> seen = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Release release = wanted.get(i);
            List<Release> newer = wanted.subList(i + 1, wanted.size());
            Predicate<Period> isSeen =
                    period -> release.holds(period) && newer.stream().noneMatch(later -> later.holds(period));
            if (telling.stream().anyMatch(isSeen)) {
                Totals frozen = frozen(release.content().figures());
                frozen.months().forEach((key, tally) -> {
                    if (tally.hasRequests() && isSeen.test(key.period())) {
                        shown.add(key, tally);
                    }
                });
                seen.add(frozen);
            }
        }
        putOrganisations(shown, seen, isRolledUp);
        return shown;
    }

    /**
     * As the newest release has them, those that are shown and no other; and what is covered, likewise.
     *
     * @param isRolledUp whether what is above an organisation with figures is there as well
     */
    private static void putOrganisations(Totals shown, List<Totals> seen, boolean isRolledUp) {
        if (seen.isEmpty()) {
            return;
        }
        seen.getLast().coverage().forEach(shown.coverage()::add);
        Set<OrganisationCode> organisations = new TreeSet<>();
        shown.coverage().organisations().forEach(organisations::add);
        shown.months().keySet().forEach(key -> organisations.add(key.organisation()));
        Totals all = new Totals();
        seen.forEach(frozen -> frozen.organisations().forEach(all::put));
        all.organisations().forEach((code, placement) -> {
            boolean isShown = organisations.contains(code)
                    || (isRolledUp
                            && organisations.stream()
                                    .anyMatch(below -> all.placements().isWithin(below, code)));
            if (isShown) {
                shown.put(code, placement);
            }
        });
    }

    private Totals frozen(Sha256 digest) {
        return kept.get(digest, any -> FrozenFigures.decode(files.get(any).orElseThrow(ReleasedFigures::missing)));
    }

    private static FileDamaged missing() {
        return new FileDamaged("the figures of a release are missing");
    }
}
