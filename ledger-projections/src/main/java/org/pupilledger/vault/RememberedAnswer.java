package org.pupilledger.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.schema.Authenticity;

/**
 * What was answered under an idempotency key, as it is remembered: all of it is under a MAC, so that only what this program
 * answered is told again.
 *
 * @param target   method and path
 * @param keyMac   MAC of the key
 * @param bodyHash SHA-256 of the body of the call
 * @param body     of the answer
 */
@SuppressWarnings("ArrayRecordComponent") // on its way, never compared
public record RememberedAnswer(
        String actor,
        String target,
        byte[] keyMac,
        byte[] bodyHash,
        int status,
        @Nullable String location,
        @Nullable String etag,
        @Nullable String ledgerSequence,
        byte[] body) {
    /** Of table {@code idempotency_key}, which {@link #genuine} reads. */
    public static final String COLUMNS =
            "actor, target, key_mac, body_hash, status, location, etag, ledger_sequence, body, mac";

    private static final String PURPOSE = "idempotency-answer";

    /** Reads a row; null where it is not as this program wrote it. */
    public static @Nullable RememberedAnswer genuine(ResultSet row, Authenticity authenticity) throws SQLException {
        byte[] mac = row.getBytes("mac");
        byte[] body = row.getBytes("body");
        if (mac == null || body == null) {
            return null;
        }
        RememberedAnswer answer = new RememberedAnswer(
                row.getString("actor"),
                row.getString("target"),
                row.getBytes("key_mac"),
                row.getBytes("body_hash"),
                row.getInt("status"),
                row.getString("location"),
                row.getString("etag"),
                row.getString("ledger_sequence"),
                body);
        return authenticity.isMac(mac, PURPOSE, answer.bytes()) ? answer : null;
    }

    /** What makes it genuine, 32 bytes. */
    public byte[] mac(Authenticity authenticity) {
        return authenticity.mac(PURPOSE, bytes());
    }

    private byte[] bytes() {
        CanonicalWriter out = new CanonicalWriter().beginObject();
        text(out, "actor", actor);
        text(out, "body", HexFormat.of().formatHex(body));
        text(out, "bodyHash", HexFormat.of().formatHex(bodyHash));
        text(out, "etag", etag);
        text(out, "key", HexFormat.of().formatHex(keyMac));
        text(out, "location", location);
        text(out, "sequence", ledgerSequence);
        out.name("status").value(status);
        text(out, "target", target);
        return out.endObject().toByteArray();
    }

    private static void text(CanonicalWriter out, String name, @Nullable String value) {
        if (value != null) {
            out.name(name).value(value);
        }
    }

    @Override
    public String toString() {
        return "answer " + status;
    }
}
