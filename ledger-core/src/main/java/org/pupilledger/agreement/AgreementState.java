package org.pupilledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Listed;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.agreement.AgreementEvent.Unlisted;
import org.pupilledger.request.AgreementReference;
import org.pupilledger.request.BusinessDate;

/**
 * Everything known of one agreement: the fold of its events.
 *
 * <p>A change takes effect at the start of its day. One that is known only to the month takes effect on the first day of
 * that month on which it can: the first, or the day of the change that it follows.
 *
 * @param umbrella the agreement under which it stands, if any
 * @param versions at least one, each from a later day than the one before
 * @param pauses   suspensions in their order
 * @param notices  what published lists showed, in their order
 */
public record AgreementState(
        AgreementReference reference,
        AgreementLevel level,
        @Nullable AgreementReference umbrella,
        List<Version> versions,
        List<Pause> pauses,
        @Nullable End end,
        List<Shown> notices) {
    /** @param effect the first day of this version */
    public record Version(Terms terms, LocalDate effect) {}

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
            case Amended(var reference, Terms terms) -> before.with(terms);
            case Suspended(var reference, Suspension suspension) -> before.with(suspension);
            case Resumed(var reference, Resumption resumption) -> before.with(resumption);
            case Ended(var reference, Ending ending) -> before.with(ending);
            case Listed(var reference, Notice notice) -> before.with(true, notice);
            case Unlisted(var reference, Notice notice) -> before.with(false, notice);
        };
    }

    private static AgreementState of(Registered event) {
        Terms terms = event.terms();
        return new AgreementState(
                event.reference(),
                event.level(),
                event.umbrella(),
                List.of(new Version(terms, terms.from().earliest())),
                List.of(),
                null,
                List.of());
    }

    private AgreementState with(Terms terms) {
        LocalDate effect = notBefore(newest().effect().plusDays(1), terms.from());
        return new AgreementState(
                reference, level, umbrella, and(versions, new Version(terms, effect)), pauses, end, notices);
    }

    private AgreementState with(Suspension suspension) {
        Pause pause = new Pause(suspension, notBefore(suspendableFrom(), suspension.on()), null, null);
        return new AgreementState(reference, level, umbrella, versions, and(pauses, pause), end, notices);
    }

    private AgreementState with(Resumption resumption) {
        List<Pause> now = new ArrayList<>(pauses);
        Pause last = now.removeLast();
        now.add(new Pause(last.suspension(), last.from(), resumption, notBefore(last.from(), resumption.on())));
        return new AgreementState(reference, level, umbrella, versions, now, end, notices);
    }

    private AgreementState with(Ending ending) {
        LocalDate effect = notBefore(endableFrom(ending.on().latest()), ending.on());
        return new AgreementState(reference, level, umbrella, versions, pauses, new End(ending, effect), notices);
    }

    private AgreementState with(boolean isListed, Notice notice) {
        LocalDate effect = notices.isEmpty()
                ? notice.on().earliest()
                : notBefore(notices.getLast().effect(), notice.on());
        return new AgreementState(
                reference, level, umbrella, versions, pauses, end, and(notices, new Shown(isListed, notice, effect)));
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

    /** The newest version, whether it has begun or not. */
    public Version newest() {
        return versions.getLast();
    }

    /** The suspension that lasts, if any. */
    @Nullable
    Pause openPause() {
        return pauses.isEmpty() || pauses.getLast().resumption() != null ? null : pauses.getLast();
    }

    /** The first day on which it can be suspended: it has begun, and is not suspended any more. */
    LocalDate suspendableFrom() {
        LocalDate begun = versions.getFirst().effect();
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
        for (LocalDate change : changeDates()) {
            if (!change.isAfter(by) && change.isAfter(latest)) {
                latest = change;
            }
        }
        return latest;
    }

    /** The days on which its version or standing may change, umbrella aside. */
    SortedSet<LocalDate> changeDates() {
        SortedSet<LocalDate> dates = new TreeSet<>();
        versions.forEach(version -> dates.add(version.effect()));
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
            if (!version.effect().isAfter(date)) {
                found = version;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The version of a day, or the first where that day is before it. */
    public Terms termsOn(LocalDate date) {
        return versionOn(date).orElse(versions.getFirst()).terms();
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
        if (end != null && !date.isBefore(end.effect())) {
            return Standing.ENDED;
        }
        if (date.isBefore(versions.getFirst().effect())) {
            return Standing.NOT_STARTED;
        }
        return pauses.stream().anyMatch(pause -> pause.covers(date)) ? Standing.SUSPENDED : Standing.IN_FORCE;
    }

    /** The same for a person to read, as one sentence. */
    public String reason(LocalDate date, @Nullable AgreementState itsUmbrella) {
        return switch (standing(date, itsUmbrella)) {
            case IN_FORCE ->
                "In force, version " + termsOn(date).number() + " from "
                        + termsOn(date).from() + ".";
            case NOT_STARTED ->
                "Not in force before " + versions.getFirst().terms().from() + ".";
            case SUSPENDED ->
                "Suspended from "
                        + pauses.stream()
                                .filter(pause -> pause.covers(date))
                                .map(pause -> pause.suspension().on().toString())
                                .findFirst()
                                .orElse("an unknown day")
                        + ".";
            case ENDED ->
                "Ended on " + (end == null ? "an unknown day" : end.ending().on()) + ".";
            case UMBRELLA_NOT_IN_FORCE -> "Its umbrella " + umbrella + " is not in force.";
        };
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
