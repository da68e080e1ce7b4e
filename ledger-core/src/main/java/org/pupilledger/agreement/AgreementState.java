package org.pupilledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Annulled;
import org.pupilledger.agreement.AgreementEvent.Corrected;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Listed;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.agreement.AgreementEvent.Unlisted;
import org.pupilledger.codes.Cause;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * Everything known of one agreement: the fold of its events.
 *
 * <p>A change takes effect at the start of its day. One that is known only to the month takes effect on the first day of
 * that month on which it can: the first, or the day of the change that it follows.
 *
 * @param umbrella  the agreement under which it stands, if any
 * @param versions  at least one; of those that take effect, each from a later day than the one before
 * @param pauses    suspensions in their order
 * @param notices   what published lists showed, in their order
 * @param annulment null while it stands
 * @param facts     what happened to it as it is known by now, in the order in which it was told
 */
public record AgreementState(
        AgreementReference reference,
        AgreementLevel level,
        @Nullable AgreementReference umbrella,
        List<Version> versions,
        List<Pause> pauses,
        @Nullable End end,
        List<Shown> notices,
        @Nullable Annulment annulment,
        List<AgreementEvent> facts) {
    /** @param effect the first day of this version; {@link LocalDate#MAX} of one that takes no effect */
    public record Version(Terms terms, LocalDate effect) {
        boolean isEffective() {
            return terms.isEffective();
        }
    }

    /** Recorded by mistake. */
    public record Annulment(Cause cause, @Nullable SourceReference authority) {}

    /**
     * A suspension.
     *
     * @param from       its first day
     * @param resumption null while it lasts
     * @param until      the first day after it; null while it lasts
     */
    public record Pause(
            Suspension suspension,
            LocalDate from,
            @Nullable Resumption resumption,
            @Nullable LocalDate until) {
        boolean covers(LocalDate date) {
            return !date.isBefore(from) && (until == null || date.isBefore(until));
        }
    }

    /** @param effect the first day on which it is in force no longer */
    public record End(Ending ending, LocalDate effect) {}

    /** @param isListed whether the list shows it as live from {@code effect} on */
    public record Shown(boolean isListed, Notice notice, LocalDate effect) {}

    public AgreementState {
        versions = List.copyOf(versions);
        pauses = List.copyOf(pauses);
        notices = List.copyOf(notices);
        facts = List.copyOf(facts);
    }

    /**
     * The state after one more event.
     *
     * @param before   null before the first
     * @param sequence 0-based place of {@code event} among the events of the agreement
     */
    public static AgreementState after(@Nullable AgreementState before, AgreementEvent event, long sequence) {
        if (event instanceof Registered registered) {
            return of(registered);
        }
        if (before == null) {
            throw new IllegalStateException("an event before the agreement was registered");
        }
        return switch (event) {
            case Registered registered -> of(registered);
            case Amended amended -> before.with(amended);
            case Suspended suspended -> before.with(suspended);
            case Resumed resumed -> before.with(resumed);
            case Ended ended -> before.with(ended);
            case Listed listed -> before.with(true, listed.notice(), listed);
            case Unlisted unlisted -> before.with(false, unlisted.notice(), unlisted);
            case Corrected corrected -> of(AgreementFacts.corrected(before.facts, corrected));
            case Annulled annulled -> before.with(annulled);
        };
    }

    private static AgreementState of(Registered event) {
        Terms terms = event.terms();
        return new AgreementState(
                event.reference(),
                event.level(),
                event.umbrella(),
                List.of(new Version(terms, effect(terms, LocalDate.EPOCH))),
                List.of(),
                null,
                List.of(),
                null,
                List.of(event));
    }

    private static AgreementState of(List<AgreementEvent> facts) {
        AgreementState state = null;
        for (AgreementEvent fact : facts) {
            state = after(state, fact, 0);
        }
        return Objects.requireNonNull(state, "no facts");
    }

    private AgreementState with(Amended event) {
        LocalDate last = lastEffect();
        LocalDate effect = effect(event.terms(), last == null ? LocalDate.EPOCH : last.plusDays(1));
        return with(event, and(versions, new Version(event.terms(), effect)), pauses, end, notices);
    }

    /** Where only the register says that a version is in force, it has been so for as long as it can have been. */
    private static LocalDate effect(Terms terms, LocalDate notBefore) {
        BusinessDate start = terms.start();
        if (!terms.isEffective()) {
            return LocalDate.MAX;
        }
        return start == null ? notBefore : notBefore(notBefore, start);
    }

    private AgreementState with(Suspended event) {
        Suspension suspension = event.suspension();
        Pause pause = new Pause(suspension, notBefore(suspendableFrom(), suspension.on()), null, null);
        return with(event, versions, and(pauses, pause), end, notices);
    }

    private AgreementState with(Resumed event) {
        List<Pause> now = new ArrayList<>(pauses);
        Pause last = now.removeLast();
        Resumption resumption = event.resumption();
        now.add(new Pause(last.suspension(), last.from(), resumption, notBefore(last.from(), resumption.on())));
        return with(event, versions, now, end, notices);
    }

    private AgreementState with(Ended event) {
        Ending ending = event.ending();
        LocalDate effect = notBefore(endableFrom(ending.on().latest()), ending.on());
        return with(event, versions, pauses, new End(ending, effect), notices);
    }

    private AgreementState with(boolean isListed, Notice notice, AgreementEvent event) {
        LocalDate effect = notices.isEmpty()
                ? notice.on().earliest()
                : notBefore(notices.getLast().effect(), notice.on());
        return with(event, versions, pauses, end, and(notices, new Shown(isListed, notice, effect)));
    }

    private AgreementState with(Annulled event) {
        Annulment now = new Annulment(event.cause(), event.authority());
        return new AgreementState(reference, level, umbrella, versions, pauses, end, notices, now, facts);
    }

    private AgreementState with(
            AgreementEvent fact,
            List<Version> versionsNow,
            List<Pause> pausesNow,
            @Nullable End endNow,
            List<Shown> noticesNow) {
        return new AgreementState(
                reference, level, umbrella, versionsNow, pausesNow, endNow, noticesNow, annulment, and(facts, fact));
    }

    /** The first day that a date can mean and that is not before another. */
    private static LocalDate notBefore(LocalDate limit, BusinessDate date) {
        return date.earliest().isBefore(limit) ? limit : date.earliest();
    }

    private static <T> List<T> and(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** The newest version, whether it has begun or not; a draft only where there is nothing else. */
    public Version newest() {
        return versions.stream().filter(Version::isEffective).reduce(versions.getFirst(), (one, later) -> later);
    }

    /** The first version that takes effect; a draft where none does. */
    private Version first() {
        return versions.stream().filter(Version::isEffective).findFirst().orElse(versions.getFirst());
    }

    /** From when the last version that takes effect does; null where none does. */
    @Nullable
    LocalDate lastEffect() {
        return newest().isEffective() ? newest().effect() : null;
    }

    /** The suspension that lasts, if any. */
    @Nullable
    Pause openPause() {
        return pauses.isEmpty() || pauses.getLast().resumption() != null ? null : pauses.getLast();
    }

    /** The first day on which it can be suspended: it has begun, and is not suspended any more. */
    LocalDate suspendableFrom() {
        LocalDate begun = first().effect();
        LocalDate resumed = pauses.isEmpty() ? null : pauses.getLast().until();
        return resumed == null || resumed.isBefore(begun) ? begun : resumed;
    }

    /**
     * The first day on which it can end: nothing has taken effect after it. A version that has not begun by then never
     * does, so it stands in the way of no end.
     *
     * @param by the last day that is looked at
     */
    LocalDate endableFrom(LocalDate by) {
        LocalDate latest = LocalDate.EPOCH;
        for (LocalDate change : toldDates()) {
            if (!change.isAfter(by) && change.isAfter(latest)) {
                latest = change;
            }
        }
        return latest;
    }

    /** The days on which its version or standing may change, umbrella aside. */
    SortedSet<LocalDate> changeDates() {
        SortedSet<LocalDate> dates = toldDates();
        versions.forEach(version -> version.terms().details().lastDay().ifPresent(last -> dates.add(last.plusDays(1))));
        return dates;
    }

    private SortedSet<LocalDate> toldDates() {
        SortedSet<LocalDate> dates = new TreeSet<>();
        versions.stream().filter(Version::isEffective).forEach(version -> dates.add(version.effect()));
        for (Pause pause : pauses) {
            dates.add(pause.from());
            if (pause.until() != null) {
                dates.add(pause.until());
            }
        }
        if (end != null) {
            dates.add(end.effect());
        }
        return dates;
    }

    /** The version of a day, whether or not the agreement is in force then; empty before the first. */
    public Optional<Version> versionOn(LocalDate date) {
        Version found = null;
        for (Version version : versions) {
            if (version.isEffective() && !version.effect().isAfter(date)) {
                found = version;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The version of a day, or the first where that day is before it. */
    public Terms termsOn(LocalDate date) {
        return versionOn(date).orElse(first()).terms();
    }

    /**
     * How it stands on a day.
     *
     * @param itsUmbrella what is known of the agreement under which it stands; looked at only where it has one
     */
    public Standing standing(LocalDate date, @Nullable AgreementState itsUmbrella) {
        Standing own = ownStanding(date);
        if (own != Standing.IN_FORCE || umbrella == null) {
            return own;
        }
        boolean isCovered = itsUmbrella != null && itsUmbrella.ownStanding(date) == Standing.IN_FORCE;
        return isCovered ? Standing.IN_FORCE : Standing.UMBRELLA_NOT_IN_FORCE;
    }

    private Standing ownStanding(LocalDate date) {
        if (annulment != null) {
            return Standing.ANNULLED;
        }
        if (end != null && !date.isBefore(end.effect())) {
            return Standing.ENDED;
        }
        Details details = termsOn(date).details();
        if (versionOn(date).isEmpty()) {
            boolean isSigned = details.status() == VersionStatus.SIGNED && details.signed() == null;
            return isSigned || isBy(details.signed(), date)
                    ? Standing.SIGNED
                    : details.status() == VersionStatus.DRAFTED ? Standing.DRAFTED : Standing.NOT_STARTED;
        }
        if (details.status() == VersionStatus.ENDED) {
            return Standing.ENDED;
        }
        if (details.lastDay().filter(date::isAfter).isPresent()) {
            return Standing.EXPIRED;
        }
        return pauses.stream().anyMatch(pause -> pause.covers(date)) ? Standing.SUSPENDED : Standing.IN_FORCE;
    }

    private static boolean isBy(@Nullable BusinessDate on, LocalDate date) {
        return on != null && !on.earliest().isAfter(date);
    }

    /** The same for a person to read, as one sentence. */
    public String reason(LocalDate date, @Nullable AgreementState itsUmbrella) {
        return StandingReason.of(this, date, itsUmbrella);
    }

    /** What showed it as live on a day, empty where no published list did. */
    public Optional<Shown> listedOn(LocalDate date) {
        Shown newest = null;
        for (Shown shown : notices) {
            if (!shown.effect().isAfter(date)) {
                newest = shown;
            }
        }
        return Optional.ofNullable(newest).filter(Shown::isListed);
    }
}
