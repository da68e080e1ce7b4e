package org.pupilledger.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.intake.EditionInput.RevisionInput;
import org.pupilledger.intake.EditionInput.ScheduleInput;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionCommand.RescheduleEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.RescheduleReason;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.reading.Queries;
import org.pupilledger.request.Occasion;

/**
 * Turns what was typed about an edition into a command. All readers refuse alike: with {@link PersonalDataFound} what must
 * not be kept, with {@link InvalidInput} a wrong form, with {@code Refused.RuleBroken} an unknown code.
 */
public final class EditionReader {
    /** Stand in for what cannot be read; the flaw is noted beside it. */
    private static final Quarter NO_QUARTER = new Quarter(1970, 1);

    private static final LocalDate NO_DAY = LocalDate.EPOCH;

    private EditionReader() {}

    public static ScheduleEdition schedule(EditionInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        Quarter quarter =
                form.required(input.quarter(), Quarter::parse, NO_QUARTER, "/quarter", "A quarter is written 2023-Q3.");
        LocalDate releaseOn = day(form, input.releaseOn(), "/releaseOn");
        Profile profile =
                Objects.requireNonNullElse(form.optional(Profile.class, input.profile(), "/profile"), Profile.EXACT);
        form.fail();
        return new ScheduleEdition(quarter, releaseOn, profile, occasion);
    }

    public static RescheduleEdition reschedule(Quarter quarter, ScheduleInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        LocalDate releaseOn = day(form, input.releaseOn(), "/releaseOn");
        RescheduleReason reason =
                form.required(RescheduleReason.class, input.reason(), RescheduleReason.OTHER, "/reason");
        form.fail();
        return new RescheduleEdition(quarter, releaseOn, reason, occasion);
    }

    public static Grounds grounds(RevisionInput input) {
        InputGuard.check(input);
        Form form = new Form();
        Grounds grounds = new Grounds(
                form.required(RevisionKind.class, input.kind(), RevisionKind.UNSCHEDULED_CORRECTION, "/kind"),
                form.required(Cause.class, input.reason(), Cause.OTHER, "/reason"),
                form.required(Decider.class, input.decider(), Decider.HEAD_OF_PROFESSION, "/decider"),
                day(form, input.announcedOn(), "/announcedOn"));
        form.fail();
        return grounds;
    }

    /** The number of a revision; null where none was asked for, and 0, which no revision has, for what is no number. */
    public static @Nullable Integer revision(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Integer number = Queries.number(text);
        return number == null || text.startsWith("0") ? 0 : number;
    }

    private static LocalDate day(Form form, @Nullable String text, String at) {
        return form.required(text, EditionReader::day, NO_DAY, at, "A date is written 2026-12-03.");
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() >= 1970 && day.getYear() <= 9999);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
