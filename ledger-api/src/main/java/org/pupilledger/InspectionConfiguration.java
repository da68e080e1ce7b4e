package org.pupilledger;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Wires what commands need that serve nothing. No {@code Configuration}, so that the server does not find it. */
@EnableConfigurationProperties(LedgerSettings.class)
class InspectionConfiguration {
    @Bean
    LedgerInspection ledgerInspection(LedgerSettings settings, Environment environment) {
        return new LedgerInspection(settings, environment);
    }

    @Bean
    LedgerRestore ledgerRestore(LedgerSettings settings, Environment environment) {
        return new LedgerRestore(settings, environment);
    }
}
