package org.pupilledger.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.PrivateFiles;

/**
 * The passwords of the cluster's roles, 256 random bits each, in characters that need no quoting in SQL.
 *
 * @param sequencer null in the file of a cluster that was made before there was this role
 */
record Passwords(
        String superuser,
        String owner,
        String app,
        @Nullable String sequencer) {

    private static final int PASSWORD_BYTES = 32;

    static Passwords generate(SecureRandom random) {
        return new Passwords(password(random), password(random), password(random), password(random));
    }

    /** The same, with one for the sequencer. */
    Passwords withSequencer(SecureRandom random) {
        return new Passwords(superuser, owner, app, password(random));
    }

    static Passwords read(Path file) throws IOException {
        return PrivateFiles.readJson(file, Passwords.class);
    }

    void write(Path file) throws IOException {
        PrivateFiles.replaceJson(file, this);
    }

    @Override
    public String toString() {
        return "passwords";
    }

    private static String password(SecureRandom random) {
        byte[] bits = new byte[PASSWORD_BYTES];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
