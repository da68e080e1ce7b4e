package org.pupilledger.store;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Damaged;
import org.pupilledger.refusal.Refused;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.vault.RememberedAnswer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Remembers the answer to a command under the key of its caller, in the transaction of the append. Of the key only a MAC is
 * stored, so that nobody can try keys against the table, and the whole row has a MAC, so that only what this program answered
 * is told again.
 */
public final class IdempotencyKeys {
    /** How long an answer is remembered at least. */
    public static final Duration KEPT = Duration.ofDays(31);

    private static final String TABLE = "idempotency_key";
    private static final String OF_KEY = "idempotency-key";

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

    /** What is remembered under the key is not what this program answered. Nothing was recorded, and nothing is told. */
    public static final class Forged extends Damaged {
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
                "select " + RememberedAnswer.COLUMNS
                        + " from idempotency_key where actor = ? and target = ? and key_mac in ("
                        + String.join(", ", Collections.nCopies(macs.size(), "?")) + ")",
                (row, number) -> answer(row, call),
                arguments.toArray());
        return answers.isEmpty() ? null : answers.getFirst();
    }

    private Answer answer(ResultSet row, Call call) throws SQLException {
        RememberedAnswer remembered = RememberedAnswer.genuine(row, authenticity);
        if (remembered == null) {
            throw new Forged();
        }
        if (!MessageDigest.isEqual(remembered.bodyHash(), call.bodyHash())) {
            throw new Refused.KeyReused();
        }
        return new Answer(
                remembered.status(),
                remembered.location(),
                remembered.etag(),
                remembered.ledgerSequence(),
                remembered.body());
    }

    void complete(Call call, Answer answer) {
        RememberedAnswer remembered = new RememberedAnswer(
                call.actor(),
                call.target(),
                macs(call).getFirst(),
                call.bodyHash(),
                answer.status(),
                answer.location(),
                answer.etag(),
                answer.ledgerSequence(),
                answer.body());
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
                remembered.mac(authenticity),
                call.actor(),
                call.target(),
                remembered.keyMac());
        NotStored.unless(1, updated, TABLE);
    }

    private List<byte[]> macs(Call call) {
        return authenticity.macs(OF_KEY, call.keyHash());
    }

    /** Forgets what is older than {@link #KEPT}. Returns how many. */
    public int forgetOld() {
        return jdbc.update(
                "delete from idempotency_key where created_at < now() - make_interval(secs => ?)", KEPT.toSeconds());
    }
}
