package org.pupilledger.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.keys.KeyUnusable;
import org.pupilledger.keys.LogKey;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.verdict.KeyHistory;

/**
 * Which log this is.
 *
 * @param origin first line of its checkpoints and name of its keys (C2SP tlog-checkpoint)
 */
public record LogIdentity(String origin, LogKeys keys) {
    private static final int MAX_ORIGIN = 200;

    /** Neither white space nor plus, so that it can be the name of a key. */
    private static final Pattern ORIGIN = Pattern.compile("[!-*,-~]{1," + MAX_ORIGIN + "}");

    private static final String DEFAULT_ORIGIN = "pupil-ledger.internal/";
    private static final int ORIGIN_BYTES = 8;

    /** The key that signs before the log has introduced any. */
    public VerifierKey firstKey() {
        return keys.first(origin);
    }

    /** Believes the keys at hand, also one that does not sign yet or any more. */
    public LogVerifier verifier() {
        return new LogVerifier(origin, keys.verifierKeys(origin));
    }

    /** Of all keys that ever signed, those at hand included: the first one signs before it is introduced. */
    LogVerifier verifier(KeyHistory history) {
        return new LogVerifier(
                origin,
                Stream.concat(history.all().stream(), Stream.of(firstKey()))
                        .distinct()
                        .toList());
    }

    /** Those that sign the tree of the first {@code size} entries. */
    List<NoteSigner> signers(KeyHistory history, long size) {
        List<VerifierKey> active = history.at(size);
        return (active.isEmpty() ? List.of(firstKey()) : active)
                .stream()
                        .map(key -> keys.signer(key)
                                .orElseThrow(() -> new LogRefused("The key file does not hold the key that this log is"
                                        + " signed with, " + key + ". Put that key back. To change keys, use the"
                                        + " command log rotate-key.")))
                        .toList();
    }

    /**
     * The same log, whose first key is the newest of the active ones: what is appended is appended under it.
     *
     * @param active in the order in which they were introduced
     */
    public LogIdentity preferringNewest(List<VerifierKey> active) {
        return new LogIdentity(origin, keys.preferringNewest(active));
    }

    /** The origin of the log whose files these are; empty where none of them says so. Changes nothing. */
    public static Optional<String> originIn(LogFiles files) {
        try {
            return Optional.of(new SigningGuard(files.lastSignedFile(), DurableWrites.DISK)
                    .last()
                    .origin());
        } catch (IOException | LogRefused missingOrDamaged) {
            try {
                return Optional.of(new Journal(files.journalFile()).origin());
            } catch (IOException | LogRefused alsoMissingOrDamaged) {
                return Optional.empty();
            }
        }
    }

    /**
     * What was signed last.
     *
     * @throws LogRefused the file is missing or damaged
     */
    public static Checkpoint lastSigned(LogFiles files) {
        try {
            return new SigningGuard(files.lastSignedFile(), DurableWrites.DISK).last();
        } catch (IOException e) {
            throw new LogRefused("The last signed state in " + files.lastSignedFile() + " cannot be read.");
        }
    }

    /**
     * Opens what is outside the database, or makes it for a ledger that holds nothing yet.
     *
     * @param isNew      true where the database holds no event
     * @param configured the origin in the settings, null for whatever it is
     * @throws LogRefused  something is missing, though there are events, or the origin is another
     * @throws KeyUnusable the key file holds no usable key
     */
    public static LogIdentity open(LogFiles files, boolean isNew, @Nullable String configured) {
        checkOrigin(configured);
        SigningGuard guard = new SigningGuard(files.lastSignedFile(), DurableWrites.DISK);
        Journal journal = new Journal(files.journalFile());
        try {
            if (isNew) {
                create(files, guard, journal, configured);
            } else {
                checkComplete(files, guard, journal);
            }
            String origin = guard.last().origin();
            if (configured != null && !configured.equals(origin)) {
                throw new LogRefused("ledger.log.origin is " + configured + ", but this log was created as " + origin
                        + ". The origin of a log is fixed: remove the setting, or set it to that.");
            }
            return new LogIdentity(origin, LogKeys.load(files.keyFile()));
        } catch (IOException e) {
            throw new LogRefused("The files of the log cannot be read or written: " + e
                    + ". Check ledger.log.key-file and ledger.log.journal-file, and who owns them.");
        }
    }

    /**
     * Looks whether a log can have a name.
     *
     * @throws LogRefused it cannot
     */
    public static void checkOrigin(@Nullable String configured) {
        if (configured != null && !ORIGIN.matcher(configured).matches()) {
            throw new LogRefused("ledger.log.origin is not usable: it is 1 to " + MAX_ORIGIN
                    + " printable ASCII characters without spaces and plus signs, best a name of yours followed by a"
                    + " path, such as ledger.example.org/matching.");
        }
    }

    private static void create(LogFiles files, SigningGuard guard, Journal journal, @Nullable String configured)
            throws IOException {
        if (!Files.exists(files.keyFile())) {
            PrivateFiles.createDirectoryOf(files.keyFile());
            LogKey.create(files.keyFile());
        }
        PrivateFiles.createDirectoryOf(files.journalFile());
        if (!guard.exists()) {
            if (journal.exists()) {
                throw missing("last signed state", files.lastSignedFile().toString());
            }
            guard.create(configured == null ? DEFAULT_ORIGIN + random() : configured);
        }
        if (!journal.exists()) {
            journal.create(guard.last().origin());
        }
    }

    private static String random() {
        byte[] bytes = new byte[ORIGIN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void checkComplete(LogFiles files, SigningGuard guard, Journal journal) {
        if (!LogKeys.isAtHand(files.keyFile())) {
            throw missing("key", files.keyFile().toString());
        }
        if (!journal.exists()) {
            throw missing("checkpoint journal", files.journalFile().toString());
        }
        if (!guard.exists()) {
            throw missing("last signed state", files.lastSignedFile().toString());
        }
    }

    private static LogRefused missing(String what, String file) {
        return new LogRefused("The " + what + " is missing: the database holds events, but there is no " + file
                + ". A new one is never made for an existing ledger, since nobody could tell it from a forgery. Put the"
                + " file back, from a backup if need be, or set where it is.");
    }
}
