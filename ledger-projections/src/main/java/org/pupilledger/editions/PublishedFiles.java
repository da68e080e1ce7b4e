package org.pupilledger.editions;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.pupilledger.publication.Sha256;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;

/** The files of editions, found by what they hold. */
public final class PublishedFiles {
    private static final String PUT = "insert into published_file (digest, bytes) values (?, ?) on conflict do nothing";
    private static final String GET = "select bytes from published_file where digest = ?";

    private final JdbcTemplate jdbc;

    public PublishedFiles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What is stored is not what was released. */
    public static final class FileDamaged extends IllegalStateException {
        FileDamaged() {
            super("a published file does not fit its digest");
        }
    }

    /**
     * Keeps a file.
     *
     * @throws NotStored   the database did not
     * @throws FileDamaged it keeps another one in its place
     */
    public Sha256 put(byte[] bytes) {
        Sha256 digest = digest(bytes);
        jdbc.update(PUT, digest.hex(), bytes);
        if (get(digest).isEmpty()) {
            throw new NotStored("published_file");
        }
        return digest;
    }

    /**
     * @return empty where it is not kept here
     * @throws FileDamaged it was changed since it was put here
     */
    public Optional<byte[]> get(Sha256 digest) {
        List<byte[]> found = jdbc.query(GET, (row, number) -> row.getBytes(1), digest.hex());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!digest(found.getFirst()).equals(digest)) {
            throw new FileDamaged();
        }
        return Optional.of(found.getFirst());
    }

    /** SHA-256 of some bytes. */
    public static Sha256 digest(byte[] bytes) {
        try {
            return new Sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
