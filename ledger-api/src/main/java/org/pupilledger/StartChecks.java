package org.pupilledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.seal.LogIdentity;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What is looked at before anything is made: a first start that fails leaves nothing behind. */
final class StartChecks {
    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    private StartChecks() {}

    /**
     * For whoever opens a ledger, be it to look only.
     *
     * @throws Hindered a setting is not known, or its value is not usable
     */
    static LedgerSettings settings(Environment environment) {
        KnownSettings.check(environment);
        return Binder.get(environment).bindOrCreate("ledger", LedgerSettings.class);
    }

    /** For whoever may make a ledger. */
    static LedgerSettings ledger(Environment environment) {
        LedgerSettings settings = settings(environment);
        Accounts.check(settings);
        SelfChecking.parse(settings.selfCheck());
        LogIdentity.checkOrigin(settings.log().origin());
        if (DemoRules.isDemo(environment)) {
            DemoRules.check(environment, settings.dataDirectory());
        }
        checkPlace("ledger.data-directory", settings.dataDirectory());
        checkPlace("ledger.log.key-file", settings.logFiles().keyFile().resolveSibling(""));
        checkPlace("ledger.log.journal-file", settings.logFiles().journalFile().resolveSibling(""));
        return settings;
    }

    private static void checkPlace(String setting, Path directory) {
        Path existing = directory;
        while (!Files.exists(existing)) {
            existing = existing.resolveSibling("");
        }
        if (!Files.isDirectory(existing)) {
            throw new Hindered(existing + ", which is on the way to " + setting + ", is no directory.");
        }
        if (!existing.equals(directory) && !Files.isWritable(existing)) {
            throw new Hindered(directory + " does not exist, and this user may not make it in " + existing
                    + ". Make it, for this user alone, or set " + setting + ".");
        }
        try {
            PrivateFiles.writableByOthers(directory).ifPresent(open -> {
                throw new Hindered("Others than its owner may write to " + open
                        + ", and so put a ledger of theirs in the place of this one. Run chmod go-w on it, or set "
                        + setting + " to another place.");
            });
        } catch (IOException e) {
            throw new Hindered(directory + " cannot be looked at. Check who owns it and what it is in.");
        }
    }

    /** For the server. */
    static void server(Environment environment) {
        ledger(environment);
        var _ = new DatabaseSettings(environment).database();
        int port = Binder.get(environment).bind("server.port", Integer.class).orElse(DEFAULT_PORT);
        if (port > MAX_PORT) {
            throw new Hindered("server.port is not a port: the highest is " + MAX_PORT + ".");
        }
        if (port > 0) {
            checkIsFree(environment.getProperty("server.address"), port);
        }
    }

    private static void checkIsFree(@Nullable String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // as the server does
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(
                    address == null || address.isEmpty() ? null : InetAddress.getByName(address), port));
        } catch (UnknownHostException e) {
            throw new Hindered("server.address is not an address of this machine.");
        } catch (IOException e) {
            throw new Hindered("Port " + port + " cannot be opened: another program answers there, this user may"
                    + " not, or server.address is not of this machine. Stop that program, or set server.port.");
        }
    }
}
