package org.pupilledger.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.figures.Totals;
import org.pupilledger.figures.TotalsJson;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.totals.TotalsProjection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Prefixes that are kept, so that not every replay begins with the first entry. They can be lost, and are made anew. Nothing in
 * the table is believed: the totals carry a MAC of this program, and the tree is continued up to a root that was signed.
 */
public final class Snapshots {
    /** Entries between two snapshots of a ledger that is not large. */
    public static final long SPACING = 8_192;

    /** In a larger one they are so far apart that there are no more than these. */
    public static final int MAX_KEPT = 128;

    /** What a snapshot holds and how; one of another version is not read. */
    private static final String VERSION = "1, totals " + TotalsProjection.VERSION;

    private static final String PURPOSE = "pupil-ledger/1 snapshot";

    /** Snapshots that are tried; where more are damaged, a replay begins with the first entry. */
    private static final int TRIED = 3;

    /** Of a fixed width, so that text in order is time in order. */
    private static final DateTimeFormatter SORTABLE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String BY_POSITION =
            "select position, content, mac from snapshot where position <= ? order by position desc limit ?";
    private static final String BY_INSTANT = """
            select position, content, mac from snapshot where position <= ? and latest <= ? collate "C"
            order by position desc limit ?
            """;
    private static final String PUT = """
            insert into snapshot (position, latest, content, mac) values (?, ?, ?, ?)
            on conflict (position) do update set latest = excluded.latest, content = excluded.content, mac = excluded.mac
            """;

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final JdbcTemplate jdbc;
    private final Authenticity authenticity;

    /** @param authenticity makes the MACs */
    public Snapshots(JdbcTemplate jdbc, Authenticity authenticity) {
        this.jdbc = jdbc;
        this.authenticity = authenticity;
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    private record Row(long position, byte[] content, byte[] mac) {}

    /** The last sound one from which a replay can go on to its end; empty where there is none. */
    Optional<Prefix> before(Until until, long size) {
        List<Row> rows = switch (until) {
            case Until.Position(long position) -> rows(BY_POSITION, Math.min(position, size - 1), TRIED);
            case Until.Moment(Instant instant) -> rows(BY_INSTANT, size - 1, sortable(instant), TRIED);
        };
        return rows.stream()
                .map(this::read)
                .flatMap(Optional::stream)
                .filter(prefix -> !(until instanceof Until.Moment(Instant instant))
                        || !prefix.latest().isAfter(instant))
                .findFirst();
    }

    private List<Row> rows(String query, Object... values) {
        return jdbc.query(query, (row, number) -> new Row(row.getLong(1), row.getBytes(2), row.getBytes(3)), values);
    }

    /** The one at a position; empty where there is none that is sound. */
    Optional<Prefix> at(long position) {
        return rows("select position, content, mac from snapshot where position = ?", position).stream()
                .findFirst()
                .flatMap(this::read);
    }

    /** Keeps one, in place of whatever there was for its position. */
    void put(Prefix prefix) {
        byte[] content = content(prefix);
        NotStored.unless(
                1,
                jdbc.update(
                        PUT, prefix.position(), sortable(prefix.latest()), content, authenticity.mac(PURPOSE, content)),
                "snapshot");
    }

    /** Forgets those that are closer together than they should be, and those of entries that are not there. */
    void thinOut(long size) {
        jdbc.update("delete from snapshot where (position + 1) % ? <> 0 or position >= ?", spacing(size), size);
    }

    /** Entries from one snapshot to the next in a ledger of some size. */
    static long spacing(long size) {
        long spacing = SPACING;
        while (size / spacing > MAX_KEPT) {
            spacing *= 2;
        }
        return spacing;
    }

    private Optional<Prefix> read(Row row) {
        if (!authenticity.isMac(row.mac(), PURPOSE, row.content())) {
            LOG.warn("the snapshot at position {} was damaged and is not used", row.position());
            return Optional.empty();
        }
        try {
            return Optional.of(prefix(row.content())).filter(prefix -> prefix.position() == row.position());
        } catch (UnreadableEvent | IllegalArgumentException | DateTimeException e) {
            // of another version
            return Optional.empty();
        }
    }

    /** Whether two prefixes are the same in everything. */
    static boolean areSame(Prefix one, Prefix other) {
        return Arrays.equals(content(one), content(other));
    }

    /**
     * Canonical JSON: {@code {"latest": instant, "size": entries, "totals": {...}, "tree": [base64 of 32 bytes, ...],
     * "version": "1, totals 1"}}.
     */
    private static byte[] content(Prefix prefix) {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject().name("latest").value(String.valueOf(prefix.latestText()));
        out.name("size").value(prefix.size());
        TotalsJson.write(out.name("totals"), prefix.totals(), tally -> !tally.isZero());
        out.name("tree").beginArray();
        prefix.tree().hashes().forEach(hash -> out.value(Base64.getEncoder().encodeToString(hash)));
        return out.endArray().name("version").value(VERSION).endObject().toByteArray();
    }

    private static Prefix prefix(byte[] content) {
        CanonicalReader in = new CanonicalReader(content).beginObject();
        String latest = in.name("latest").text();
        long size = in.name("size").number();
        Totals totals = TotalsJson.read(in.name("totals"));
        List<byte[]> hashes =
                new ArrayList<>(in.name("tree").list(hash -> Base64.getDecoder().decode(hash.text())));
        if (!in.name("version").text().equals(VERSION)) {
            throw new IllegalArgumentException("a snapshot of another version");
        }
        in.endObject();
        in.end();
        return new Prefix(new CompactRange(size, hashes), totals, latest);
    }

    private static String sortable(Instant instant) {
        // years of four digits: none outside was ever recorded
        Instant from = Instant.parse("0001-01-01T00:00:00Z");
        Instant to = Instant.parse("9999-12-31T23:59:59.999999999Z");
        Instant within = instant.isBefore(from) ? from : instant.isAfter(to) ? to : instant;
        return SORTABLE.format(within);
    }
}
