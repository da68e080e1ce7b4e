package org.pupilledger;

import java.time.Clock;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.store.ContentClaims;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires what the server and the command line have in common. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LedgerSettings.class)
class LedgerConfiguration {
    /** Set for subcommands: they can work beside a running server. */
    static final String MAY_ATTACH = "command.may-attach";

    /** Set for subcommands that make no ledger. */
    static final String MUST_EXIST = "command.must-exist";

    /** Set for subcommands that change nothing: a role that may read is enough. */
    static final String ONLY_PRINTS = "command.only-prints";

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    LedgerNode ledgerNode(
            LedgerSettings settings, Environment environment, Clock clock, ListableBeanFactory everything) {
        // read first, whatever they are of: where one is not usable, no ledger is made
        everything.getBeansWithAnnotation(ConfigurationProperties.class);
        if (environment.getProperty(MUST_EXIST, Boolean.class, false)) {
            LedgerDatabase.checkExists(environment, settings.dataDirectory());
        }
        if (DemoRules.isDemo(environment)) {
            DemoRules.mark(settings.dataDirectory());
        }
        LedgerDatabase database = database(settings, environment);
        try {
            return LedgerNode.open(database, settings, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static LedgerDatabase database(LedgerSettings settings, Environment environment) {
        return environment.getProperty(ONLY_PRINTS, Boolean.class, false)
                ? LedgerDatabase.openToPrint(environment, settings.dataDirectory())
                : LedgerDatabase.open(
                        environment,
                        settings.dataDirectory(),
                        environment.getProperty(MAY_ATTACH, Boolean.class, false));
    }

    @Bean
    CsvImport csvImport(LedgerNode node) {
        return new CsvImport(node.commands(), new ContentClaims(node.store().jdbc()), () -> node.occasion());
    }
}
