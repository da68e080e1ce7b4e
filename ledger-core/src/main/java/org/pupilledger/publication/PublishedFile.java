package org.pupilledger.publication;

import java.util.regex.Pattern;
import org.pupilledger.digest.Sha256;

/**
 * A file of an edition.
 *
 * @param name   1 to 100 letters, digits, points and hyphens, a letter first
 * @param size   in bytes
 * @param digest of its bytes
 */
public record PublishedFile(String name, long size, Sha256 digest) {
    /** Of one file; the database has it as a constraint. */
    public static final int MAX_BYTES = 1 << 25;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,99}");

    public PublishedFile {
        if (!NAME.matcher(name).matches() || size < 0) {
            throw new IllegalArgumentException("not a file of an edition");
        }
    }
}
