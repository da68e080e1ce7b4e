package org.pupilledger.request;

import java.net.http.HttpClient;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.jspecify.annotations.Nullable;
import org.pupilledger.cli.LedgerCommand;
import org.pupilledger.store.Commands;
import org.springframework.core.env.Environment;

/** Does in a room of the core what nobody may do there. */
public final class PlantedViolation {
    @Nullable
    Connection sql;

    @Nullable
    HttpClient http;

    @Nullable
    Environment spring;

    @Nullable
    Commands store;

    @Nullable
    LedgerCommand commandLine;

    @Nullable
    GapAwareTrackingToken token;

    String clockAndChance() {
        return Instant.now() + " " + UUID.randomUUID();
    }

    @SuppressWarnings("DefaultLocale") // that is the violation
    String inTheLocaleOfTheMachine() {
        return "%d".formatted(1);
    }
}
