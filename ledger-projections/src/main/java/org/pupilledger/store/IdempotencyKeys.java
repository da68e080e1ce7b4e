package org.pupilledger.store;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.CanonicalWriter;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Remembers the answer to a command under the key of its caller, in the transaction of the append. Of the key only a MAC is
 * stored, so that nobody can try keys against the table, and the whole row has a MAC, so that only what this program answered
 * is told again.
 */
public final class IdempotencyKeys {
    /** How long an answer is remembered at least. */
    public static final Duration KEPT = Duration.ofDays(31);

    /** What makes a row; {@link #isGenuine} reads them. */
    public static final String COLUMNS =
            "actor, target, key_mac, body_hash, status, location, etag, ledger_sequence, body, mac";

    private static final String TABLE = "idempotency_key";
    private static final String OF_KEY = "idempotency-key";
    private static final String OF_ANSWER = "idempotency-answer";

    private final JdbcTemplate jdbc;
    private final Authenticity authenticity;

    /** @param authenticity its first key makes the MACs; what was remembered under any of them is found */
    public IdempotencyKeys(JdbcTemplate jdbc, Authenticity authenticity) {
        this.jdbc = jdbc;
        this.authenticity = authenticity;
    }

    /**
     * One call that must have one effect, however often it is made.
     *
     * @param target   method and path
     * @param keyHash  SHA-256 of the key, of which a MAC is kept
     * @param bodyHash SHA-256 of the body
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Call(String actor, String target, byte[] keyHash, byte[] bodyHash) {
        @Override
        public String toString() {
            return "call of " + target;
        }
    }

    /** The key was used for another body. */
    public static final class Reused extends RuntimeException {
        Reused() {
            super("idempotency key reused", null, false, false);
        }
    }

    /** What is remembered under the key is not what this program answered. Nothing was recorded, and nothing is told. */
    public static final class Forged extends RuntimeException {
        Forged() {
            super("an answer in " + TABLE + " was changed by somebody else; verify names such rows");
        }
    }

    /** The answer given before; null where this is the first call. A concurrent first call is waited for. */
    @Nullable
    Answer begin(Call call) {
        List<byte[]> macs = macs(call);
        Answer underAnotherKey = macs.size() == 1 ? null : find(call, macs);
        if (underAnotherKey != null) {
            return underAnotherKey;
        }
        int inserted = jdbc.update("""
                insert into idempotency_key (actor, target, key_mac, body_hash) values (?, ?, ?, ?)
                on conflict do nothing
                """, call.actor(), call.target(), macs.getFirst(), call.bodyHash());
        if (inserted == 1) {
            return null;
        }
        Answer earlier = find(call, macs);
        if (earlier == null) {
            throw new NotStored(TABLE);
        }
        return earlier;
    }

    /** The answer given before; null where none was committed. */
    @Nullable
    Answer find(Call call) {
        return find(call, macs(call));
    }

    private @Nullable Answer find(Call call, List<byte[]> macs) {
        List<Object> arguments = new ArrayList<>(List.of(call.actor(), call.target()));
        arguments.addAll(macs);
        List<Answer> answers = jdbc.query(
                "select " + COLUMNS + " from idempotency_key where actor = ? and target = ? and key_mac in ("
                        + String.join(", ", Collections.nCopies(macs.size(), "?")) + ")",
                (row, number) -> answer(row, call),
                arguments.toArray());
        return answers.isEmpty() ? null : answers.getFirst();
    }

    private Answer answer(ResultSet row, Call call) throws SQLException {
        if (!isGenuine(row, authenticity)) {
            throw new Forged();
        }
        if (!MessageDigest.isEqual(row.getBytes("body_hash"), call.bodyHash())) {
            throw new Reused();
        }
        return answer(row);
    }

    private static Answer answer(ResultSet row) throws SQLException {
        return new Answer(
                row.getInt("status"),
                row.getString("location"),
                row.getString("etag"),
                row.getString("ledger_sequence"),
                row.getBytes("body"));
    }

    void complete(Call call, Answer answer) {
        byte[] keyMac = macs(call).getFirst();
        int updated = jdbc.update(
                """
                update idempotency_key set status = ?, location = ?, etag = ?, ledger_sequence = ?, body = ?, mac = ?
                where actor = ? and target = ? and key_mac = ?
                """,
                answer.status(),
                answer.location(),
                answer.etag(),
                answer.ledgerSequence(),
                answer.body(),
                authenticity.mac(OF_ANSWER, content(call.actor(), call.target(), keyMac, call.bodyHash(), answer)),
                call.actor(),
                call.target(),
                keyMac);
        NotStored.unless(1, updated, TABLE);
    }

    private List<byte[]> macs(Call call) {
        return authenticity.macs(OF_KEY, call.keyHash());
    }

    /**
     * Tells whether a row is as this program wrote it.
     *
     * @param row of {@link #COLUMNS}
     */
    public static boolean isGenuine(ResultSet row, Authenticity authenticity) throws SQLException {
        byte[] mac = row.getBytes("mac");
        byte[] body = row.getBytes("body");
        return mac != null
                && body != null
                && authenticity.isMac(
                        mac,
                        OF_ANSWER,
                        content(
                                row.getString("actor"),
                                row.getString("target"),
                                row.getBytes("key_mac"),
                                row.getBytes("body_hash"),
                                answer(row)));
    }

    private static byte[] content(String actor, String target, byte[] keyMac, byte[] bodyHash, Answer answer) {
        CanonicalWriter out = new CanonicalWriter().beginObject();
        text(out, "actor", actor);
        text(out, "body", HexFormat.of().formatHex(answer.body()));
        text(out, "bodyHash", HexFormat.of().formatHex(bodyHash));
        text(out, "etag", answer.etag());
        text(out, "key", HexFormat.of().formatHex(keyMac));
        text(out, "location", answer.location());
        text(out, "sequence", answer.ledgerSequence());
        out.name("status").value(answer.status());
        text(out, "target", target);
        return out.endObject().toByteArray();
    }

    private static void text(CanonicalWriter out, String name, @Nullable String value) {
        if (value != null) {
            out.name(name).value(value);
        }
    }

    /** Forgets what is older than {@link #KEPT}. Returns how many. */
    public int forgetOld() {
        return jdbc.update(
                "delete from idempotency_key where created_at < now() - make_interval(secs => ?)", KEPT.toSeconds());
    }
}
