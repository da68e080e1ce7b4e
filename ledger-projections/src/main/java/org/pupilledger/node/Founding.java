package org.pupilledger.node;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.OpenLedger;
import org.pupilledger.organisation.PutOrganisation;
import org.pupilledger.organisation.StandardOrganisations;
import org.pupilledger.register.OrganisationDirectory;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;

/** Opens a ledger where that was not done, and registers the organisations that exist from the first start. */
record Founding(Storage storage, Sealing sealing, OrganisationDirectory organisations, Commands commands) {
    /**
     * Returns the ledger's first day.
     *
     * @param configured null for today, where there is no ledger yet
     */
    LocalDate found(@Nullable LocalDate configured, LocalDate today, Author ledger) {
        boolean isOthers = sealing.isOthers();
        if (isOthers && Keyring.introduced(storage.pool()).isEmpty()) {
            throw new Hindered("Another program is just making this ledger. Start this one again in a moment.");
        }
        // what is there already is only read
        LocalDate fixed = commands.send(new OpenLedger(configured == null ? today : configured), ledger);
        if (configured != null && !configured.equals(fixed)) {
            throw new Hindered("ledger.inception is " + configured + ", but this ledger was created with " + fixed
                    + ". Its first day is fixed: remove the setting, or set it to that day.");
        }
        if (!isOthers) {
            LogIdentity identity = sealing.identity();
            if (identity != null && Keyring.introduced(storage.pool()).isEmpty()) {
                commands.send(new IntroduceKey(identity.firstKey().toString()), ledger);
            }
            StandardOrganisations.profiles().forEach((code, profile) -> {
                if (organisations.find(code).isEmpty()) {
                    commands.send(new PutOrganisation(code, profile, null), ledger);
                }
            });
        }
        return fixed;
    }
}
