package org.pupilledger;

import java.time.Clock;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.node.LedgerDatabase;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.node.NodeSettings;
import org.pupilledger.node.Publications;
import org.pupilledger.node.Publishing;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Replays;
import org.pupilledger.node.Soundness;
import org.pupilledger.node.Waiting;
import org.pupilledger.rebuild.Rebuilds;
import org.pupilledger.register.States;
import org.pupilledger.seal.LogReader;
import org.pupilledger.store.ContentClaims;
import org.pupilledger.web.Publisher;
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
        DatabaseSettings databases = new DatabaseSettings(environment);
        if (environment.getProperty(MUST_EXIST, Boolean.class, false) && databases.areOfEmbedded()) {
            LedgerDatabase.checkExists(settings.dataDirectory());
        }
        if (DemoRules.isDemo(environment)) {
            DemoRules.mark(settings.dataDirectory());
        }
        LedgerDatabase database = environment.getProperty(ONLY_PRINTS, Boolean.class, false)
                ? databases.openToPrint(settings.dataDirectory())
                : LedgerDatabase.open(
                        databases.database(),
                        settings.dataDirectory(),
                        environment.getProperty(MAY_ATTACH, Boolean.class, false));
        return LedgerNode.open(database, settings.node(database.isEmbedded()), clock);
    }

    @Bean
    Publisher publisher(LedgerSettings settings) {
        return settings.publisher() == null ? Publisher.UNKNOWN : settings.publisher();
    }

    @Bean
    NodeSettings nodeSettings(LedgerNode node) {
        return node.settings();
    }

    @Bean
    Registers registers(LedgerNode node) {
        return node.registers();
    }

    @Bean
    Publications publications(LedgerNode node) {
        return node.publications();
    }

    @Bean
    Replays replays(LedgerNode node) {
        return node.replays();
    }

    @Bean
    Publishing publishing(LedgerNode node) {
        return node.publishing();
    }

    @Bean
    Recording recording(LedgerNode node) {
        return node.recording();
    }

    @Bean
    Waiting waiting(LedgerNode node) {
        return node.waiting();
    }

    @Bean
    Soundness soundness(LedgerNode node) {
        return node.soundness();
    }

    @Bean(destroyMethod = "")
    Rebuilds rebuilds(LedgerNode node) {
        return node.rebuilds();
    }

    @Bean
    LogReader log(LedgerNode node) {
        return node.storage().log();
    }

    @Bean
    CsvImport csvImport(LedgerNode node) {
        Recording recording = node.recording();
        return new CsvImport(
                recording.commands(),
                new ContentClaims(node.storage().jdbc()),
                node.registers().totals(),
                States.ofRequestsAsTold(node.storage().jdbc()),
                () -> recording.occasion());
    }
}
