package org.pupilledger.store;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;

/** Remembers the answer to a command under the key of its caller, in the transaction of the append. */
public final class IdempotencyKeys {
    /** How long an answer is remembered at least. */
    public static final Duration KEPT = Duration.ofDays(31);

    private static final String TABLE = "idempotency_key";

    private final JdbcTemplate jdbc;

    public IdempotencyKeys(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One call that must have one effect, however often it is made.
     *
     * @param target   method and path
     * @param keyHash  SHA-256 of the key; the key itself is not kept
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

    /** The answer given before; null where this is the first call. A concurrent first call is waited for. */
    @Nullable
    Answer begin(Call call) {
        int inserted = jdbc.update("""
                insert into idempotency_key (actor, target, key_hash, body_hash) values (?, ?, ?, ?)
                on conflict do nothing
                """, call.actor(), call.target(), call.keyHash(), call.bodyHash());
        if (inserted == 1) {
            return null;
        }
        Answer earlier = find(call);
        if (earlier == null) {
            throw new NotStored(TABLE);
        }
        return earlier;
    }

    /** The answer given before; null where none was committed. */
    @Nullable
    Answer find(Call call) {
        List<Answer> answers = jdbc.query(
                """
                select body_hash, status, location, etag, ledger_sequence, body from idempotency_key
                where actor = ? and target = ? and key_hash = ?
                """,
                (row, number) -> {
                    if (!MessageDigest.isEqual(row.getBytes("body_hash"), call.bodyHash())) {
                        throw new Reused();
                    }
                    return new Answer(
                            row.getInt("status"),
                            row.getString("location"),
                            row.getString("etag"),
                            row.getString("ledger_sequence"),
                            row.getBytes("body"));
                },
                call.actor(),
                call.target(),
                call.keyHash());
        return answers.isEmpty() ? null : answers.getFirst();
    }

    void complete(Call call, Answer answer) {
        int updated = jdbc.update(
                """
                update idempotency_key set status = ?, location = ?, etag = ?, ledger_sequence = ?, body = ?
                where actor = ? and target = ? and key_hash = ?
                """,
                answer.status(),
                answer.location(),
                answer.etag(),
                answer.ledgerSequence(),
                answer.body(),
                call.actor(),
                call.target(),
                call.keyHash());
        NotStored.unless(1, updated, TABLE);
    }

    /** Forgets what is older than {@link #KEPT}. Returns how many. */
    public int forgetOld() {
        return jdbc.update(
                "delete from idempotency_key where created_at < now() - make_interval(secs => ?)", KEPT.toSeconds());
    }
}
