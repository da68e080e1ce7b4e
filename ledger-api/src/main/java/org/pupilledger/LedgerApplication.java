package org.pupilledger;

import java.util.Set;
import org.pupilledger.cli.LedgerCommand;
import org.pupilledger.cluster.ClusterRefused;
import org.pupilledger.store.UnsafeDatabase;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The program: a server without arguments, a command with one. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class LedgerApplication {
    private static final int REFUSED = 2;

    public static void main(String[] args) {
        // Read when Axon's classes load: nothing here phones home or advertises.
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        if (LedgerCommand.isCommand(args)) {
            System.exit(LedgerCommand.run(args, LedgerApplication::forCommand));
        }
        try {
            server().run(args);
        } catch (RuntimeException e) {
            System.err.println(explanation(e));
            System.exit(REFUSED);
        }
    }

    static SpringApplicationBuilder server() {
        return new SpringApplicationBuilder(LedgerApplication.class).bannerMode(Banner.Mode.OFF);
    }

    /** What commands need: the same settings and wiring, no HTTP. */
    private static ConfigurableApplicationContext forCommand(Set<String> settings) {
        return new SpringApplicationBuilder(LedgerConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=warn", LedgerConfiguration.MAY_ATTACH + "=true")
                .run(settings.toArray(new String[0]));
    }

    /** One sentence for what whoever starts the program can do something about; else where it failed. */
    private static String explanation(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused || cause instanceof ClusterRefused || cause instanceof UnsafeDatabase) {
                return "The ledger did not start. " + cause.getMessage();
            }
        }
        return "The ledger did not start; see the log above.";
    }
}
