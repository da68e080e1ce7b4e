package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.Ending;
import org.pupilledger.agreement.Standing;
import org.pupilledger.agreement.Terms;
import org.pupilledger.register.AgreementRegister.Month;
import org.pupilledger.values.AgreementReference;

/**
 * An agreement as it reads back.
 *
 * @param id          by which {@code waitFor} names it
 * @param share       the data share that it is, or is part of
 * @param versions    oldest first
 * @param suspensions oldest first
 * @param notices     what published lists showed, oldest first
 * @param annulment   why it was recorded by mistake; null while it stands
 * @param standing    on the day of {@code standingOn}
 * @param reason      the same as one sentence
 * @param months      in which something was submitted under it; null in answers to changes and in lists
 * @param sequence    0-based sequence of its newest event
 * @param position    of its newest event in the ledger, null until it has one
 */
@Schema(name = "Agreement", description = "An agreement: as recorded, with what follows from it.")
public record AgreementView(
        String id,
        AgreementReference reference,
        AgreementReference share,
        AgreementLevel level,
        @Nullable AgreementReference umbrella,
        List<Terms> versions,
        List<AgreementState.Pause> suspensions,
        @Nullable Ending end,
        List<AgreementState.Shown> notices,
        AgreementState.@Nullable Annulment annulment,
        Standing standing,
        LocalDate standingOn,
        String reason,
        @Nullable List<MonthView> months,
        long sequence,
        @Nullable Long position) {
    /**
     * People submitted in a month of receipt, annulled requests aside.
     *
     * @param individuals known so far
     * @param notStated   matching requests that do not state how many
     */
    public record MonthView(
            YearMonth month, @Nullable Integer ceiling, long individuals, long notStated, boolean exceeded) {
        static MonthView of(Month month) {
            return new MonthView(
                    month.month(), month.ceiling(), month.individuals(), month.notStated(), month.isExceeded());
        }
    }

    public static AgreementView of(
            AgreementPermission permission,
            LocalDate on,
            @Nullable List<Month> months,
            long sequence,
            @Nullable Long position) {
        AgreementState state = permission.agreement();
        return new AgreementView(
                Agreement.idOf(state.reference()),
                state.reference(),
                state.reference().share(),
                state.level(),
                state.umbrella(),
                state.versions().stream().map(AgreementState.Version::terms).toList(),
                state.pauses(),
                state.end() == null ? null : state.end().ending(),
                state.notices(),
                state.annulment(),
                permission.standing(on),
                on,
                state.reason(on, permission.umbrella()),
                months == null ? null : months.stream().map(MonthView::of).toList(),
                sequence,
                position);
    }
}
