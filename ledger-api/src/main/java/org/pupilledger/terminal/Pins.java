package org.pupilledger.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.keys.KeyUnusable;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;

/** Which log a verification believes in: an origin and the keys that may sign under it. */
public final class Pins {
    private static final int MAX_KEY_FILE_BYTES = 64 * 1024;

    private final PrintWriter err;
    private final @Nullable String givenOrigin;
    private final List<VerifierKey> givenKeys = new ArrayList<>();
    private boolean areVouchedFor = true;

    /**
     * What the caller gave.
     *
     * @param keys verifier keys, or files that hold some, one on a line
     * @param err  is told where keys come from that were not given
     * @throws WrongUse one of them is neither
     */
    public Pins(List<String> keys, @Nullable String origin, PrintWriter err) {
        this.err = err;
        this.givenOrigin = origin;
        keys.forEach(key -> VerifierKey.parse(key).ifPresentOrElse(givenKeys::add, () -> givenKeys.addAll(read(key))));
    }

    public boolean areGiven() {
        return !givenKeys.isEmpty();
    }

    /** Whether the keys come from elsewhere than what is verified. */
    boolean areVouchedFor() {
        return areVouchedFor;
    }

    /** The keys given, and nothing else. */
    public LogVerifier given() {
        return verifier(givenOrigin == null ? givenKeys.getFirst().name() : givenOrigin, givenKeys);
    }

    /**
     * The keys in the key file and beside it; empty where there is none that can be used.
     *
     * @param note  a signed checkpoint to be opened; where only a retired key does that, it is believed too, but not in
     *              silence. Null for none
     * @throws WrongUse it is not known under which origin they sign
     */
    public Optional<LogVerifier> ofKeyFile(LogFiles files, byte @Nullable [] note) {
        Path keyFile = files.keyFile();
        if (!LogKeys.isAtHand(keyFile)) {
            return Optional.empty();
        }
        try {
            String origin = origin(files)
                    .orElseThrow(() -> new WrongUse("It is not known which log the key in " + keyFile
                            + " signs: neither last signed state nor checkpoint journal says so. Give --origin."));
            LogVerifier active = verifier(origin, LogKeys.load(keyFile).verifierKeys(origin));
            err.println("The key in " + keyFile + " is believed, for the log " + origin + ".");
            if (note == null || active.open(note).isPresent()) {
                return Optional.of(active);
            }
            LogVerifier all = verifier(origin, LogKeys.loadAll(keyFile).verifierKeys(origin));
            if (all.open(note).isEmpty()) {
                return Optional.of(active);
            }
            err.println("It is signed only by a key that was retired since. Believe it if you know that it is from"
                    + " before.");
            return Optional.of(all);
        } catch (KeyUnusable e) {
            err.println(e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Keys that only what is verified vouches for.
     *
     * @param from says where they come from
     * @throws WrongUse there are none
     */
    public LogVerifier introduced(List<VerifierKey> keys, String from, Optional<String> knownOrigin) {
        if (keys.isEmpty()) {
            throw new WrongUse("No key is known that signs this log. Give one with --key.");
        }
        areVouchedFor = false;
        String origin = givenOrigin != null
                ? givenOrigin
                : knownOrigin.orElse(keys.getFirst().name());
        err.println("There is no other key, so those are believed that " + from + ", for the log " + origin
                + ". Who changed everything may have changed them too: give one that you noted elsewhere with --key.");
        return verifier(origin, keys);
    }

    Optional<String> origin(LogFiles files) {
        return givenOrigin == null ? LogIdentity.originIn(files) : Optional.of(givenOrigin);
    }

    private static LogVerifier verifier(String origin, List<VerifierKey> keys) {
        try {
            return new LogVerifier(origin, keys);
        } catch (IllegalArgumentException e) {
            throw new WrongUse("Two keys have the same name and key id, so they cannot be told apart.");
        }
    }

    private static List<VerifierKey> read(String name) {
        return readKeys(file(name))
                .orElseThrow(() -> new WrongUse("--key is neither a verifier key nor a file that holds some, one on a"
                        + " line. A verifier key has the form name+key id+key."));
    }

    private static Path file(String name) {
        try {
            return Path.of(name);
        } catch (java.nio.file.InvalidPathException e) {
            return Path.of("");
        }
    }

    /** The keys in a file, one on a line; empty where it is no such file. */
    public static Optional<List<VerifierKey>> readKeys(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_KEY_FILE_BYTES) {
                return Optional.empty();
            }
            List<VerifierKey> keys = new ArrayList<>();
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                Optional<VerifierKey> key = VerifierKey.parse(line.strip());
                if (key.isEmpty() && !line.isBlank()) {
                    return Optional.empty();
                }
                key.ifPresent(keys::add);
            }
            return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
