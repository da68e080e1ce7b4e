package org.pupilledger.seal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.Authenticity;

/** The keys at hand: the one in the key file and, while keys change, the next one beside it. */
public final class LogKeys {
    private static final String NEXT = ".next";
    private static final String RETIRED = ".retired";

    private final List<LogKey> keys;

    private LogKeys(List<LogKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Loads them.
     *
     * @throws KeyUnusable the key file is missing or holds no usable key
     */
    public static LogKeys load(Path keyFile) {
        List<LogKey> keys = new ArrayList<>();
        keys.add(LogKey.load(keyFile));
        if (Files.exists(next(keyFile))) {
            keys.add(LogKey.load(next(keyFile)));
        }
        return new LogKeys(keys);
    }

    /** Where the key is kept that will take the place of the one in the key file. */
    public static Path next(Path keyFile) {
        return keyFile.resolveSibling(keyFile.getFileName() + NEXT);
    }

    /** Where the key is kept whose place was taken. */
    public static Path retired(Path keyFile) {
        return keyFile.resolveSibling(keyFile.getFileName() + RETIRED);
    }

    /** Proves that events were appended by a holder of one of these keys. */
    public Authenticity authenticity() {
        return new Authenticity(keys.stream().map(LogKey::authenticationKey).toList());
    }

    /** The key of the key file, as outsiders know it. */
    public VerifierKey first(String origin) {
        return VerifierKey.of(origin, keys.getFirst().publicKey());
    }

    /** The key beside it; empty unless keys are changing. */
    public Optional<VerifierKey> next(String origin) {
        return keys.size() < 2
                ? Optional.empty()
                : Optional.of(VerifierKey.of(origin, keys.getLast().publicKey()));
    }

    /** Signs for a key; empty where it is not at hand. */
    Optional<NoteSigner> signer(VerifierKey wanted) {
        return keys.stream()
                .filter(key -> VerifierKey.of(wanted.name(), key.publicKey()).equals(wanted))
                .findFirst()
                .map(key -> new NoteSigner(wanted, key.privateKey()));
    }
}
