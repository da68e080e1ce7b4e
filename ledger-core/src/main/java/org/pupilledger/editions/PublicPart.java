package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.failure.NotYet;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;

/**
 * The entries that everybody may read of those that a release was made from. For one release it is always the same: it
 * goes by the releases up to the first with which the figures of this one can be recomputed, nearly always its own. Only
 * where a correction moved a request into a quarter that was not released yet, another has to come first.
 *
 * <p>Asked entry by entry, from the first on; it remembers the month of each request.
 */
public final class PublicPart {
    private final Disclosure disclosure;
    private final EventTypes types = EventTypes.current();
    private final Map<String, YearMonth> monthOfRequest = new HashMap<>();

    private PublicPart(Disclosure disclosure) {
        this.disclosure = disclosure;
    }

    /** An entry that the figures of the release need is not public yet: it is about another quarter too. */
    public static NotYet notPublicYet() {
        return new NotYet(
                NotYet.What.PUBLIC,
                "Some of its figures need an entry that is also about a quarter that is not released yet. The bundle can be"
                        + " public once that quarter is released.");
    }

    /**
     * Reads the entries that the release was counted from once.
     *
     * @param release position of the event that released it
     * @throws NotYet           its figures do not follow from what is public
     * @throws java.util.NoSuchElementException there is no release at that position
     */
    public static PublicPart of(Releases releases, long release, EntrySequence entries) {
        List<Release> all = releases.all();
        Release own = all.stream()
                .filter(one -> one.position() == release)
                .findFirst()
                .orElseThrow();
        Disclosure ever = new Disclosure(all);
        EventTypes types = EventTypes.current();
        long[] needed = {release};
        entries.read(0, own.content().position(), entry -> {
            if (entry.leaf().event(types) instanceof RequestEvent event) {
                List<YearMonth> months = Disclosure.monthsOf(event);
                if (months.stream().anyMatch(own::holds)) {
                    OptionalLong opening = ever.opening(entry.position(), months);
                    if (opening.isEmpty()) {
                        throw notPublicYet();
                    }
                    needed[0] = Math.max(needed[0], opening.getAsLong());
                }
            }
            return true;
        });
        return new PublicPart(new Disclosure(
                all.stream().filter(one -> one.position() <= needed[0]).toList()));
    }

    /** Whether everybody may read the next entry; each is asked for once, in order. */
    public boolean isOpen(long position, byte[] leafBytes) {
        Leaf leaf = Leaf.parse(leafBytes);
        Object event = leaf.event(types);
        if (event instanceof RequestEvent request) {
            List<YearMonth> months = Disclosure.monthsOf(request);
            if (!months.isEmpty()) {
                monthOfRequest.put(leaf.aggregateId(), months.getLast());
            }
        }
        return disclosure.isOpen(position, event, () -> Objects.requireNonNull(monthOfRequest.get(leaf.aggregateId())));
    }
}
