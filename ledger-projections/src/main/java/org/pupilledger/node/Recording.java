package org.pupilledger.node;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.Occasion;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.vault.Actors;

/**
 * Who gives commands, and on which occasion.
 *
 * @param inception the ledger's first day
 */
public record Recording(Commands commands, Actors actors, Registers registers, Clock clock, LocalDate inception) {
    /** Whoever acts under a user's name. */
    public Author author(String user, String role) {
        return new Author(actors.idOf(user), role);
    }

    /** By this program's clock. */
    public Instant now() {
        return clock.instant();
    }

    /** The business date. */
    public LocalDate today() {
        return today(clock);
    }

    static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), BusinessDate.ZONE);
    }

    /**
     * What a rule needs to know at this moment.
     *
     * @param ifMatch     sequences of which the newest event of what is changed must have one, or null for any
     * @param ifNoneMatch sequences of which it must have none
     */
    public Occasion occasion(@Nullable Set<Long> ifMatch, Set<Long> ifNoneMatch) {
        return new Occasion(
                today(),
                inception,
                registers.organisations(),
                registers.agreements(),
                registers.totals(),
                ifMatch,
                ifNoneMatch);
    }

    /** What rules need to know, whatever the version. */
    public Occasion occasion() {
        return occasion(null, Set.of());
    }
}
