package org.pupilledger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.core.StandardHost;
import org.pupilledger.rest.ProblemValve;
import org.pupilledger.security.Account;
import org.pupilledger.store.IdempotencyKeys;
import org.pupilledger.web.ProblemCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what only the server needs. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConfiguration.class);
    private static final Duration HOUSEKEEPING = Duration.ofHours(6);

    /** Needs the node first: it refuses a data directory that another program holds, before anything is written there. */
    @Bean
    List<Account> accounts(LedgerSettings settings, LedgerNode node) {
        return Accounts.of(settings);
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

    /** Forgets idempotency keys whose time is up. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService housekeeping(LedgerNode node) {
        IdempotencyKeys keys = new IdempotencyKeys(node.store().jdbc());
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("housekeeping").factory());
        var _ = executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        LOG.info("forgot {} idempotency keys", keys.forgetOld());
                    } catch (RuntimeException e) {
                        LOG.warn(
                                "idempotency keys not forgotten: {}",
                                e.getClass().getName());
                    }
                },
                HOUSEKEEPING.toMinutes(),
                HOUSEKEEPING.toMinutes(),
                TimeUnit.MINUTES);
        return executor;
    }
}
