package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.EndEvidence;
import org.pupilledger.agreement.Terms;
import org.pupilledger.register.AgreementRegister.Month;
import org.pupilledger.request.Code;
import org.pupilledger.request.Item;

/**
 * An agreement as it reads back.
 *
 * @param id          by which {@code waitFor} names it
 * @param versions    oldest first
 * @param suspensions oldest first
 * @param notices     what published lists showed, oldest first
 * @param standing    on the day of {@code standingOn}
 * @param reason      the same as one sentence
 * @param months      in which something was submitted under it; null in answers to changes and in lists
 * @param sequence    0-based sequence of its newest event
 * @param position    of its newest event in the ledger, null until it has one
 */
@Schema(name = "Agreement", description = "An agreement: as recorded, with what follows from it.")
public record AgreementView(
        String id,
        String reference,
        String level,
        @Nullable String umbrella,
        List<VersionView> versions,
        List<SuspensionView> suspensions,
        @Nullable EndView end,
        List<NoticeView> notices,
        String standing,
        String standingOn,
        String reason,
        @Nullable List<MonthView> months,
        long sequence,
        @Nullable Long position) {
    /** @param monthlyCeiling people that may be submitted in a month; null for any number */
    public record VersionView(
            String number,
            String from,
            List<PartyView> parties,
            @Nullable String lawfulBasis,
            String gateway,
            RouteView route,
            @Nullable String dpia,
            List<String> itemsIn,
            List<String> itemsOut,
            @Nullable Integer monthlyCeiling) {}

    /** An organisation in one of its roles. */
    public record PartyView(String organisation, String role) {}

    /** How the recipient gets at the data. */
    public record RouteView(String access, @Nullable String reason) {}

    /** @param resumption null while it lasts */
    public record SuspensionView(
            String on,
            @Nullable String reason,
            @Nullable String authority,
            @Nullable ResumptionView resumption) {}

    /** When it was in force again. */
    public record ResumptionView(String on, @Nullable String authority) {}

    /** When it was over. */
    public record EndView(
            String on, List<String> evidence, @Nullable String authority) {}

    /** @param listed whether the list shows it as live from then on */
    public record NoticeView(boolean listed, String on, String source) {}

    /**
     * People submitted in a month of receipt, annulled requests aside.
     *
     * @param individuals known so far
     * @param notStated   matching requests that do not state how many
     */
    public record MonthView(
            String month, @Nullable Integer ceiling, long individuals, long notStated, boolean exceeded) {
        static MonthView of(Month month) {
            return new MonthView(
                    month.month().toString(),
                    month.ceiling(),
                    month.individuals(),
                    month.notStated(),
                    month.isExceeded());
        }
    }

    static AgreementView of(
            AgreementPermission permission,
            LocalDate on,
            @Nullable List<Month> months,
            long sequence,
            @Nullable Long position) {
        AgreementState state = permission.agreement();
        return new AgreementView(
                Agreement.idOf(state.reference()),
                state.reference().value(),
                state.level().code(),
                text(state.umbrella()),
                state.versions().stream()
                        .map(version -> version(version.terms()))
                        .toList(),
                state.pauses().stream().map(AgreementView::suspension).toList(),
                end(state.end()),
                state.notices().stream()
                        .map(shown -> new NoticeView(
                                shown.isListed(),
                                shown.notice().on().toString(),
                                shown.notice().source().value()))
                        .toList(),
                permission.standing(on).code(),
                on.toString(),
                state.reason(on, permission.umbrella()),
                months == null ? null : months.stream().map(MonthView::of).toList(),
                sequence,
                position);
    }

    private static VersionView version(Terms terms) {
        return new VersionView(
                terms.number().value(),
                terms.from().toString(),
                terms.parties().stream()
                        .map(party -> new PartyView(
                                party.organisation().value(), party.role().code()))
                        .toList(),
                code(terms.lawfulBasis()),
                terms.gateway().code(),
                new RouteView(terms.route().access().code(), code(terms.route().reason())),
                text(terms.dpia()),
                terms.itemsIn().stream().map(Item::code).toList(),
                terms.itemsOut().stream().map(Item::code).toList(),
                terms.monthlyCeiling());
    }

    private static SuspensionView suspension(AgreementState.Pause pause) {
        return new SuspensionView(
                pause.suspension().on().toString(),
                code(pause.suspension().reason()),
                text(pause.suspension().authority()),
                pause.resumption() == null
                        ? null
                        : new ResumptionView(
                                pause.resumption().on().toString(),
                                text(pause.resumption().authority())));
    }

    private static @Nullable EndView end(AgreementState.@Nullable End end) {
        return end == null
                ? null
                : new EndView(
                        end.ending().on().toString(),
                        end.ending().evidence().stream().map(EndEvidence::code).toList(),
                        text(end.ending().authority()));
    }

    private static @Nullable String code(@Nullable Code code) {
        return code == null ? null : code.code();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
