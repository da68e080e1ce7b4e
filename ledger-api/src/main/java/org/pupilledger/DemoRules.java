package org.pupilledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Keeps the demo, whose passwords everybody knows, away from anything real. */
final class DemoRules {
    static final String PROFILE = "demo";

    /** Says that the demo made a data directory. */
    private static final String MARK = "demo";

    private DemoRules() {}

    static boolean isDemo(Environment environment) {
        return environment.acceptsProfiles(Profiles.of(PROFILE));
    }

    /** @throws Hindered naming the rule */
    static void check(Environment environment, Path dataDirectory) {
        String address = environment.getProperty("server.address", "");
        if (!isLoopback(address)) {
            throw new Hindered("The demo answers on a loopback address only; server.address is not one.");
        }
        if (environment.getProperty("spring.datasource.url") != null) {
            throw new Hindered("The demo has a database of its own; it does not touch a configured one."
                    + " Remove spring.datasource.url, or leave the profile demo out.");
        }
        try {
            if (!isEmpty(dataDirectory) && !Files.exists(dataDirectory.resolve(MARK))) {
                throw new Hindered("The demo works only in a data directory that it made itself; " + dataDirectory
                        + " is not one. Set ledger.data-directory to one that does not exist.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says of a data directory that the demo makes it. */
    static void mark(Path dataDirectory) {
        try {
            if (isEmpty(dataDirectory)) {
                PrivateFiles.createDirectories(dataDirectory);
                Files.createFile(dataDirectory.resolve(MARK));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
