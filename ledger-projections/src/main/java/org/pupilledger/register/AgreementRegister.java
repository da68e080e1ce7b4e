package org.pupilledger.register;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementCounts;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.Standing;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.values.AgreementReference;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks agreements up, and what was submitted under them, as far as they are in the ledger. */
public final class AgreementRegister {
    private static final String MONTHS = """
            select agreement, received_month, sum(individuals_submitted) as individuals,
                count(*) filter (where individuals_submitted is null) as not_stated
            from request
            where copy = (select copy from projection where name = 'register')
                and agreement is not null and status <> 'ANNULLED' and (?::text is null or agreement = ?)
            group by agreement, received_month
            order by agreement, received_month
            """;

    private final JdbcTemplate jdbc;
    private final States<AgreementEvent, AgreementState> states;

    /** @param sealedSize how many entries are sealed, whatever the register says */
    public AgreementRegister(JdbcTemplate jdbc, LongSupplier sealedSize) {
        this.jdbc = jdbc;
        this.states = States.ofAgreements(jdbc, sealedSize);
    }

    /**
     * An agreement as it is registered.
     *
     * @param sequence 0-based sequence of its newest event
     * @param position of its newest event
     */
    public record RegisteredAgreement(
            AgreementPermission permission, long sequence, long position, long firstPosition) {
        public AgreementState state() {
            return permission.agreement();
        }
    }

    /** Which agreements are wanted; null for any. An organisation is looked for in the version of the day, or the newest. */
    public record AgreementFilter(
            @Nullable LocalDate activeOn,
            @Nullable OrganisationCode organisation,
            @Nullable AgreementLevel level) {
        boolean admits(RegisteredAgreement found) {
            AgreementState state = found.state();
            var terms = activeOn == null ? state.newest().terms() : state.termsOn(activeOn);
            return (activeOn == null || found.permission().standing(activeOn) == Standing.IN_FORCE)
                    && (organisation == null || terms.names(organisation))
                    && (level == null || state.level() == level);
        }
    }

    /**
     * People submitted under an agreement in a month of receipt, annulled requests aside.
     *
     * @param ceiling     null where there is none in that month
     * @param individuals known so far
     * @param notStated   matching requests that do not state how many
     */
    public record Month(
            AgreementReference agreement,
            YearMonth month,
            @Nullable Integer ceiling,
            long individuals,
            long notStated) {
        public boolean isExceeded() {
            return ceiling != null && individuals > ceiling;
        }
    }

    /** An agreement that a published list showed as live on a day on which it was not in force. */
    public record StaleListing(RegisteredAgreement agreement, AgreementState.Shown shown, LocalDate on) {}

    public Optional<RegisteredAgreement> find(AgreementReference reference) {
        return states.find(Agreement.idOf(reference)).map(found -> registered(found, umbrella(found.state())));
    }

    private @Nullable AgreementState umbrella(AgreementState state) {
        AgreementReference umbrella = state.umbrella();
        return umbrella == null
                ? null
                : states.find(Agreement.idOf(umbrella))
                        .map(KnownStates.State::state)
                        .orElse(null);
    }

    private static RegisteredAgreement registered(
            KnownStates.State<AgreementState> found, @Nullable AgreementState umbrella) {
        return new RegisteredAgreement(
                new AgreementPermission(found.state(), umbrella),
                found.sequence(),
                found.position(),
                found.stamps().getFirst().position());
    }

    private List<RegisteredAgreement> all() {
        List<KnownStates.State<AgreementState>> all = states.all();
        Map<AgreementReference, AgreementState> byReference = new LinkedHashMap<>();
        all.forEach(found -> byReference.put(found.state().reference(), found.state()));
        return all.stream()
                .map(found -> {
                    AgreementReference umbrella = found.state().umbrella();
                    return registered(found, umbrella == null ? null : byReference.get(umbrella));
                })
                .toList();
    }

    /**
     * Agreements in the order in which they were registered.
     *
     * @param after the position of the first entry of the last agreement of the page before; -1 for the first page
     */
    public Register.Page<RegisteredAgreement> agreements(AgreementFilter filter, int limit, long after) {
        List<RegisteredAgreement> found = all().stream()
                .filter(agreement -> agreement.firstPosition() > after && filter.admits(agreement))
                .limit(limit + 1L)
                .toList();
        List<RegisteredAgreement> items = found.stream().limit(limit).toList();
        return new Register.Page<>(
                items, found.size() > limit ? Long.toString(items.getLast().firstPosition()) : null);
    }

    /**
     * Counts agreements of a day as they were known at a position.
     *
     * @param profiles of the organisations as they were known then
     * @param only     empty for all organisations that are in an agreement
     */
    public AgreementCounts counts(
            LocalDate on,
            long position,
            Map<OrganisationCode, OrganisationProfile> profiles,
            Set<OrganisationCode> only) {
        return AgreementCounts.on(
                on, states.at(position).stream().map(KnownStates.State::state).toList(), profiles, only);
    }

    /** By what was registered first. */
    public List<StaleListing> staleListings(LocalDate on) {
        List<StaleListing> stale = new ArrayList<>();
        for (RegisteredAgreement agreement : all()) {
            if (agreement.permission().standing(on) != Standing.IN_FORCE) {
                agreement.state().listedOn(on).ifPresent(shown -> stale.add(new StaleListing(agreement, shown, on)));
            }
        }
        return stale;
    }

    /** The months in which something was submitted under an agreement, oldest first. */
    public List<Month> months(RegisteredAgreement agreement) {
        AgreementReference reference = agreement.state().reference();
        return months(reference.value(), Map.of(reference, agreement.permission()));
    }

    /** By reference of the agreement, then month. */
    public List<Month> breaches() {
        Map<AgreementReference, AgreementPermission> permissions = new LinkedHashMap<>();
        all().forEach(agreement -> permissions.put(agreement.state().reference(), agreement.permission()));
        return months(null, permissions).stream().filter(Month::isExceeded).toList();
    }

    private List<Month> months(@Nullable String reference, Map<AgreementReference, AgreementPermission> permissions) {
        return jdbc.query(
                MONTHS,
                (row, number) -> {
                    AgreementReference agreement = new AgreementReference(row.getString("agreement"));
                    YearMonth month = YearMonth.parse(row.getString("received_month"));
                    AgreementPermission permission = permissions.get(agreement);
                    OptionalInt ceiling = permission == null ? OptionalInt.empty() : permission.ceiling(month);
                    return new Month(
                            agreement,
                            month,
                            ceiling.isPresent() ? Integer.valueOf(ceiling.getAsInt()) : null,
                            row.getLong("individuals"),
                            row.getLong("not_stated"));
                },
                reference,
                reference);
    }
}
