package org.pupilledger.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.tlog.Sql;

/**
 * What a full bundle says about itself, as canonical JSON: how many there are of everything. Nothing in it is believed.
 *
 * @param actors      names of users with the ids that stand for them in entries
 * @param checkpoints that were published
 * @param claims      contents that are known, so that importing them again adds nothing
 * @param entries     leaves of the tree
 * @param publicSince since when everybody sees the public checkpoint; null where there is none
 * @param publicSize  entries that it covers, 0 where there is none
 * @param published   files of editions
 */
public record BackupHead(
        long actors,
        long checkpoints,
        long claims,
        long entries,
        String origin,
        @Nullable Instant publicSince,
        long publicSize,
        long published) {
    static final String VARIANT = "FULL";

    /** Claims of content whose requests are among the first entries; their number is the one value. */
    static final String CLAIMS = """
            from content_claim c join event e on e.aggregate_id = c.request and e.sequence = 0
            join ledger_entry l on l.global_index = e.global_index where l.position < ?
            """;

    private static final String COUNTS = String.format(Locale.ROOT, """
            select (select count(*) from actor), (select count(*) from checkpoint where size <= ?),
                (select count(*) %s), (select count(*) from published_file),
                (select size from public_checkpoint), (select since from public_checkpoint)
            """, CLAIMS);

    /** Counts what is there up to a checkpoint. */
    static BackupHead counted(Connection connection, Checkpoint checkpoint) throws SQLException {
        return Sql.first(
                        connection,
                        COUNTS,
                        row -> new BackupHead(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                checkpoint.size(),
                                checkpoint.origin(),
                                instant(row.getTimestamp(6)),
                                row.getLong(5),
                                row.getLong(4)),
                        checkpoint.size(),
                        checkpoint.size())
                .orElseThrow();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    byte[] bytes() {
        return new CanonicalWriter()
                .beginObject()
                .name("actors")
                .value(actors)
                .name("checkpoints")
                .value(checkpoints)
                .name("claims")
                .value(claims)
                .name("entries")
                .value(entries)
                .name("format")
                .value(BundleLayout.FORMAT)
                .name("origin")
                .value(origin)
                .name("publicSince")
                .value(publicSince == null ? null : publicSince.toString())
                .name("publicSize")
                .value(publicSize)
                .name("published")
                .value(published)
                .name("variant")
                .value(VARIANT)
                .endObject()
                .toByteArray();
    }

    /** @throws UnreadableEvent it is anything else than {@link #bytes} gives */
    static BackupHead parse(byte[] bytes) {
        CanonicalReader in = new CanonicalReader(bytes);
        in.beginObject();
        long actors = count(in, "actors");
        long checkpoints = count(in, "checkpoints");
        long claims = count(in, "claims");
        long entries = count(in, "entries");
        if (!in.name("format").text().equals(BundleLayout.FORMAT)) {
            throw new UnreadableEvent("another format");
        }
        String origin = in.name("origin").text();
        Instant publicSince = instant(in.name("publicSince").textOrNull());
        long publicSize = count(in, "publicSize");
        long published = count(in, "published");
        if (!in.name("variant").text().equals(VARIANT)) {
            throw new UnreadableEvent("another variant");
        }
        in.endObject();
        in.end();
        if ((publicSince == null) != (publicSize == 0)) {
            throw new UnreadableEvent("half a public checkpoint");
        }
        return new BackupHead(actors, checkpoints, claims, entries, origin, publicSince, publicSize, published);
    }

    private static long count(CanonicalReader in, String name) {
        long count = in.name(name).number();
        if (count < 0) {
            throw new UnreadableEvent("a number below 0");
        }
        return count;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableEvent("no instant");
        }
    }
}
