package org.pupilledger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.catalina.core.StandardHost;
import org.pupilledger.backup.Backup;
import org.pupilledger.failure.Hindered;
import org.pupilledger.limits.BoundedProtocol;
import org.pupilledger.limits.HttpLimits;
import org.pupilledger.limits.SlowBodies;
import org.pupilledger.limits.Weighing;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.problems.ProblemValve;
import org.pupilledger.security.Account;
import org.pupilledger.security.Proxies;
import org.pupilledger.security.PublicEntries;
import org.pupilledger.security.Role;
import org.pupilledger.security.SecurityLog;
import org.pupilledger.store.IdempotencyKeys;
import org.pupilledger.tlog.Writers;
import org.pupilledger.web.ProblemCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Wires what only the server needs. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConfiguration.class);
    private static final Duration HOUSEKEEPING = Duration.ofHours(6);
    private static final Duration LOOK_AT_WRITERS = Duration.ofSeconds(1);
    private static final Duration WRITE_SECURITY_LOG = Duration.ofSeconds(1);

    /** Needs the node first: it refuses a data directory that another program holds, before anything is written there. */
    @Bean
    List<Account> accounts(LedgerSettings settings, LedgerNode node) {
        return Accounts.of(settings);
    }

    @Bean(destroyMethod = "write")
    SecurityLog securityLog(List<Account> accounts, LedgerNode node) {
        return new SecurityLog(
                accounts,
                name -> node.recording().author(name, Role.AUDITOR.name()).actor());
    }

    @Bean
    Proxies proxies(LedgerSettings settings) {
        try {
            return new Proxies(settings.proxies());
        } catch (IllegalArgumentException e) {
            throw new Hindered("ledger.security.proxies holds something that is neither an address, such as"
                    + " 192.0.2.7, nor a range of them, such as 10.0.0.0/8 or 2001:db8::/32.");
        }
    }

    @Bean
    PublicEntries publicEntries(LedgerSettings settings, LedgerNode node) {
        boolean isEverOpen = switch (settings.publicEntries()) {
            case NONE -> false;
            case RELEASED -> true;
        };
        return new PublicEntries() {
            @Override
            public boolean areReleased(long first, long end) {
                return isEverOpen && node.publications().releasedEntries().areReleased(first, end);
            }

            @Override
            public boolean isEverOpen() {
                return isEverOpen;
            }
        };
    }

    @Bean
    InfoContributor version() {
        Version version = Version.ofThisProgram();
        return info -> info.withDetail("version", version.number()).withDetail("commit", version.commit());
    }

    @Bean
    ProblemCatalogue problemCatalogue() {
        return new ProblemExplanations();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheContainer() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    @Bean
    HttpLimits httpLimits(LedgerSettings settings) {
        return settings.http().limits();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedConnections(HttpLimits limits) {
        return factory -> {
            factory.setProtocol(BoundedProtocol.class.getName());
            factory.addProtocolHandlerCustomizers((BoundedProtocol protocol) -> protocol.limit(limits));
        };
    }

    @Bean
    Weighing weighing(LedgerSettings settings) {
        return new Weighing(settings.http().budget(), settings.http().bodies());
    }

    /** Before all other filters: they may read bodies too. */
    @Bean
    FilterRegistrationBean<SlowBodies> slowBodies(HttpLimits limits) {
        FilterRegistrationBean<SlowBodies> registration = new FilterRegistrationBean<>(new SlowBodies(limits));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    Supplier<Backup> backups(LedgerNode node) {
        return node::backup;
    }

    @Bean
    Writers writers(LedgerNode node) {
        return new Writers(node.storage().jdbc());
    }

    /** Said by the server alone: who starts a command cannot do anything about it. */
    @Bean
    SmartInitializingSingleton warningAboutTheJournal(LedgerSettings settings, Environment environment) {
        return () -> {
            if (new DatabaseSettings(environment).areOfEmbedded()
                    && settings.logFiles().sharesVolumeWith(settings.dataDirectory())) {
                LOG.warn("The checkpoint journal is on the same volume as the database, so both can be lost or put back"
                        + " at once. Set ledger.log.journal-file to a place on another one.");
            }
        };
    }

    /** Without its database the program is of no use to anybody. */
    @Bean
    SmartInitializingSingleton databaseWatch(LedgerNode node) {
        return () -> node.soundness().watchDatabase(LedgerApplication::end);
    }

    @Bean
    SmartInitializingSingleton scanning(LedgerNode node, LedgerSettings settings) {
        return () -> node.soundness().startScan(settings.log().scanInterval());
    }

    /** Replays everything when it is time to, and keeps snapshots meanwhile. */
    @Bean(destroyMethod = "close")
    SelfChecking selfChecking(LedgerNode node, LedgerSettings settings, Clock clock) {
        return new SelfChecking(node.replays(), settings.selfCheck(), clock);
    }

    /** Forgets idempotency keys whose time is up, and looks for writers that are stalled. */
    @Bean(destroyMethod = "close")
    Schedule housekeeping(LedgerNode node, Writers writers, SecurityLog log, Clock clock) {
        IdempotencyKeys keys = node.storage().events().idempotencyKeys();
        return new Schedule("housekeeping", clock, Duration.ZERO)
                .every(
                        HOUSEKEEPING,
                        () -> LOG.info("forgot {} idempotency keys", keys.forgetOld()),
                        ServerConfiguration::tell)
                .every(LOOK_AT_WRITERS, writers::look, ServerConfiguration::tell)
                .every(WRITE_SECURITY_LOG, log::write, ServerConfiguration::tell);
    }

    private static void tell(Class<?> cause) {
        LOG.warn("housekeeping failed: {}", cause.getName());
    }
}
