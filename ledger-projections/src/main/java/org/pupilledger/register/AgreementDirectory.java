package org.pupilledger.register;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.Agreement;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.request.Agreements;
import org.pupilledger.values.AgreementReference;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The agreements that exist, for rules. It reads their committed events and not the register, so that an agreement can be
 * named as soon as registering it was answered, and a suspension holds from its own answer on.
 */
public final class AgreementDirectory implements Agreements {
    private final States<AgreementEvent, AgreementState> states;

    public AgreementDirectory(JdbcTemplate jdbc) {
        this.states = new States<>(jdbc, Agreement.TYPE, AgreementEvent.class, AgreementState::after);
    }

    @Override
    public Optional<Permission> find(AgreementReference reference) {
        return committed(reference)
                .filter(agreement -> agreement.annulment() == null)
                .map(this::withUmbrella);
    }

    /** An agreement with the one under which it stands, if any. */
    public AgreementPermission withUmbrella(AgreementState agreement) {
        @Nullable AgreementReference umbrella = agreement.umbrella();
        return new AgreementPermission(
                agreement, umbrella == null ? null : committed(umbrella).orElse(null));
    }

    private Optional<AgreementState> committed(AgreementReference reference) {
        return states.committed(Agreement.idOf(reference));
    }
}
