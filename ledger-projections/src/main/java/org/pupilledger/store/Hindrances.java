package org.pupilledger.store;

import java.sql.SQLException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.refusal.Refused;

/** Tells why a command came to nothing. */
final class Hindrances {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private Hindrances() {}

    /** What no caller can do anything about; null for all else. */
    static @Nullable String of(@Nullable Throwable failed) {
        if (failed == null) {
            return null;
        }
        String state = failed instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
        return switch (state) {
            case LOCK_NOT_AVAILABLE ->
                "a lock in the database was not given for " + Pools.LOCK_TIMEOUT_S + " s, which another session keeps";
            case INSUFFICIENT_PRIVILEGE ->
                "the database does not let this program do what the migrations let it; verify names what is not as it was"
                        + " made";
            default -> of(failed.getCause());
        };
    }

    /** What a handler threw, as the bus hands it on. */
    static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case AggregateNotFoundException unknown -> new Refused.Unknown();
            // Axon loads whatever has the id, and that was something else
            case IncompatibleAggregateException other -> new Refused.Unknown();
            case CommandExecutionException wrapped when wrapped.getCause() instanceof RuntimeException cause -> cause;
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
