package org.pupilledger.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.Authenticity;

/**
 * The keys at hand: the one in the key file and, while keys change, the next one beside it.
 *
 * <p>The files of a change: the next key is put into {@code <key file>.next}, then introduced. Once the log has retired the
 * first one, {@link #finishChange} keeps that as {@code <key file>.retired} and gives the next one the name of the key
 * file. Every start does so too where it was not done, so it may be interrupted anywhere.
 */
public final class LogKeys {
    private static final String NEXT = ".next";
    private static final String RETIRED = ".retired";

    private final List<LogKey> keys;

    private LogKeys(List<LogKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Loads them. A next key does alone: a change may have been interrupted.
     *
     * @throws KeyUnusable both are missing, or a file holds no usable key
     */
    public static LogKeys load(Path keyFile) {
        return new LogKeys(
                isAtHand(keyFile)
                        ? Stream.of(keyFile, next(keyFile))
                                .filter(Files::exists)
                                .map(LogKey::load)
                                .toList()
                        : List.of(LogKey.load(keyFile)));
    }

    /**
     * Loads every key that was ever in the key file, as far as it was kept: to verify what was signed with them, not to
     * sign.
     *
     * @throws KeyUnusable as {@link #load}
     */
    public static LogKeys loadAll(Path keyFile) {
        List<LogKey> keys = new ArrayList<>(load(keyFile).keys);
        allRetired(keyFile).forEach(file -> keys.add(LogKey.load(file)));
        return new LogKeys(keys);
    }

    /** False where there is neither a key nor a next one. */
    public static boolean isAtHand(Path keyFile) {
        return Files.exists(keyFile) || Files.exists(next(keyFile));
    }

    /** Where the key is kept that will take the place of the one in the key file. */
    public static Path next(Path keyFile) {
        return keyFile.resolveSibling(keyFile.getFileName() + NEXT);
    }

    /** Where the key is kept whose place was taken; those of later changes have a number behind it. */
    public static Path retired(Path keyFile) {
        return keyFile.resolveSibling(keyFile.getFileName() + RETIRED);
    }

    private static List<Path> allRetired(Path keyFile) {
        Path first = retired(keyFile);
        try {
            return PrivateFiles.list(first.resolveSibling(""), first.getFileName() + "");
        } catch (IOException e) {
            throw new KeyUnusable("The directory of " + keyFile + " cannot be read: " + e);
        }
    }

    /**
     * Gives the next key the name of the key file, where the log has retired the key that has it; does nothing where it
     * has not, or where this was done. May be interrupted anywhere and called again. At no moment is there no key file.
     *
     * @param active keys that sign the newest checkpoint, all of them
     * @return true where the next key took its place now
     * @throws KeyUnusable the next key is none
     */
    public static boolean finishChange(Path keyFile, List<VerifierKey> active) throws IOException {
        Path next = next(keyFile);
        if (active.size() != 1 || !Files.exists(next) || !isKey(LogKey.load(next), active.getFirst())) {
            return false;
        }
        if (Files.exists(keyFile)) {
            keep(keyFile);
        }
        PrivateFiles.moveInto(next, keyFile);
        return true;
    }

    /** Under a second name, which outlives the first. */
    private static void keep(Path keyFile) throws IOException {
        Path retired = retired(keyFile);
        Path kept = retired;
        for (int number = 2; Files.exists(kept); number++) {
            if (Files.mismatch(kept, keyFile) < 0) {
                return; // the last attempt came so far
            }
            kept = retired.resolveSibling(retired.getFileName() + "-" + number);
        }
        Files.createLink(kept, keyFile);
        PrivateFiles.force(kept.resolveSibling(""));
    }

    /**
     * The same keys, the newest of the active ones first. So events are appended under a key that later starts have at
     * hand, also when an older one is retired before they have their positions.
     *
     * @param active in the order in which they were introduced
     */
    public LogKeys preferringNewest(List<VerifierKey> active) {
        List<LogKey> ordered = new ArrayList<>(keys);
        active.forEach(key -> keys.stream().filter(held -> isKey(held, key)).forEach(held -> {
            ordered.remove(held);
            ordered.addFirst(held);
        }));
        return new LogKeys(ordered);
    }

    private static boolean isKey(LogKey held, VerifierKey key) {
        return VerifierKey.of(key.name(), held.publicKey()).equals(key);
    }

    /** Proves that events were appended by a holder of one of these keys. */
    public Authenticity authenticity() {
        return new Authenticity(keys.stream().map(LogKey::authenticationKey).toList());
    }

    /** Whether the secret of a key is among these. */
    public boolean holds(VerifierKey key) {
        return keys.stream().anyMatch(held -> isKey(held, key));
    }

    /** The keys, as outsiders know them. */
    public List<VerifierKey> verifierKeys(String origin) {
        return keys.stream()
                .map(key -> VerifierKey.of(origin, key.publicKey()))
                .distinct()
                .toList();
    }

    /** The first of them: the one in the key file, or one that took over from it. */
    public VerifierKey first(String origin) {
        return verifierKeys(origin).getFirst();
    }

    /** Signs for a key; empty where it is not at hand. */
    public Optional<NoteSigner> signer(VerifierKey wanted) {
        return keys.stream()
                .filter(key -> isKey(key, wanted))
                .findFirst()
                .map(key -> new NoteSigner(wanted, key.privateKey()));
    }
}
