package org.pupilledger;

import org.pupilledger.node.LedgerDatabase;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.node.LedgerRestore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Wires what commands need that serve nothing. No {@code Configuration}, so that the server does not find it. */
@EnableConfigurationProperties(LedgerSettings.class)
class InspectionConfiguration {
    @Bean
    LedgerInspection ledgerInspection(LedgerSettings settings, Environment environment) {
        return new LedgerInspection(
                settings.dataDirectory(),
                settings.logFiles(),
                () -> new DatabaseSettings(environment).openForReading(settings.dataDirectory()));
    }

    @Bean
    LedgerRestore ledgerRestore(LedgerSettings settings, Environment environment) {
        return new LedgerRestore(
                settings.dataDirectory(),
                settings.logFiles(),
                () -> LedgerDatabase.open(
                        new DatabaseSettings(environment).database(), settings.dataDirectory(), false));
    }
}
