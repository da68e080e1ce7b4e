package org.pupilledger.publishing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pupilledger.digest.Sha256;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;

/** The files of editions, found by what they hold. */
public final class PublishedFiles {
    public static final int MAX_BYTES = PublishedFile.MAX_BYTES;

    private static final String PUT = "insert into published_file (digest, bytes) values (?, ?) on conflict do nothing";
    private static final String GET = "select bytes from published_file where digest = ?";

    private static final String IS_THERE = "select exists (select from published_file where digest = ?)";
    private static final String DAMAGED =
            "select digest from published_file where digest <> encode(sha256(bytes), 'hex') order by 1 limit ?";
    private static final String ALL = """
            select encode(sha256(coalesce(
                string_agg(sha256(convert_to(digest, 'UTF8') || sha256(bytes)), ''::bytea order by digest), ''::bytea)), 'hex')
            from published_file
            """;

    private final JdbcTemplate jdbc;

    public PublishedFiles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What is stored is not what was released. */
    public static final class FileDamaged extends IllegalStateException {
        FileDamaged() {
            this("a published file does not fit its digest");
        }

        FileDamaged(String message) {
            super(message);
        }
    }

    /**
     * Keeps a file of at most {@link #MAX_BYTES}.
     *
     * @throws NotStored   the database did not
     * @throws FileDamaged it keeps another one in its place
     */
    public Sha256 put(byte[] bytes) {
        Sha256 digest = Sha256.of(bytes);
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
        if (!Sha256.of(found.getFirst()).equals(digest)) {
            throw new FileDamaged();
        }
        return Optional.of(found.getFirst());
    }

    /** Whether there is one of this digest, whatever it holds. */
    boolean isThere(Sha256 digest) {
        return Boolean.TRUE.equals(jdbc.queryForObject(IS_THERE, Boolean.class, digest.hex()));
    }

    /** Names of some that do not hold what they did when they were put here. */
    List<String> damaged(int limit) {
        return jdbc.query(DAMAGED, (row, number) -> row.getString(1), limit);
    }

    /** SHA-256 over the names of all and over what they hold, 64 hexadecimal digits. */
    String digestOfAll() {
        return Objects.requireNonNull(jdbc.queryForObject(ALL, String.class));
    }
}
