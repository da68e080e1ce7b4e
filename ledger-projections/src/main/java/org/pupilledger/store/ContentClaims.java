package org.pupilledger.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.pupilledger.digest.Sha256;
import org.pupilledger.refusal.Refused;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestState;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;

/** Knows which content was recorded, so that importing it again adds nothing. */
public final class ContentClaims {
    private final JdbcTemplate jdbc;

    public ContentClaims(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** 32 bytes that stand for all that a request is recorded with. */
    public static byte[] digest(RecordRequest command) {
        return digest(RequestState.of(command));
    }

    /** @param recorded the state after the events of the command that recorded it, and no others */
    static byte[] digest(RequestState recorded) {
        return Sha256.bytes(RequestContent.bytesOf(recorded));
    }

    /** Whose content it is, for those of the digests and occurrences that are claimed; keyed by {@link #key}. */
    public Map<String, String> holders(List<byte[]> digests, List<Integer> occurrences) {
        Map<String, String> holders = new HashMap<>();
        jdbc.query(
                """
                select c.digest, c.occurrence, c.request
                from unnest(?::bytea[], ?::int[]) as w (digest, occurrence)
                join content_claim c on c.digest = w.digest and c.occurrence = w.occurrence
                """,
                row -> {
                    holders.put(key(row.getBytes(1), row.getInt(2)), row.getString(3));
                },
                digests.toArray(new byte[0][]),
                occurrences.toArray(new Integer[0]));
        return holders;
    }

    /** The references among these that belong to some request, each with its id. */
    public Map<String, String> holders(List<String> references) {
        Map<String, String> holders = new HashMap<>();
        jdbc.query(
                "select reference, request from reference_claim where reference = any(?::text[])",
                row -> {
                    holders.put(row.getString(1), row.getString(2));
                },
                (Object) references.toArray(new String[0]));
        return holders;
    }

    public static String key(byte[] digest, int occurrence) {
        return HexFormat.of().formatHex(digest) + "/" + occurrence;
    }

    void claimIfFree(byte[] digest, String request) {
        jdbc.update(
                "insert into content_claim (digest, occurrence, request) values (?, 0, ?) on conflict do nothing",
                digest,
                request);
        checkHeld(List.of(digest), List.of(0));
    }

    /** Each is somebody's now, or the database keeps nothing. */
    private void checkHeld(List<byte[]> digests, List<Integer> occurrences) {
        NotStored.unless(digests.size(), holders(digests, occurrences).size(), "content_claim");
    }

    void claim(List<Commands.BulkRequest> requests) {
        List<byte[]> digests = new ArrayList<>();
        List<Integer> occurrences = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Commands.BulkRequest request : requests) {
            digests.add(request.digest());
            occurrences.add(request.occurrence());
            ids.add(request.command().id().toString());
        }
        // in one order, so that two files never wait for each other
        Map<String, String> claimed = new HashMap<>();
        jdbc.query(
                """
                insert into content_claim (digest, occurrence, request)
                select * from unnest(?::bytea[], ?::int[], ?::text[]) order by 1, 2
                on conflict do nothing returning digest, occurrence, request
                """,
                row -> {
                    claimed.put(key(row.getBytes(1), row.getInt(2)), row.getString(3));
                },
                digests.toArray(new byte[0][]),
                occurrences.toArray(new Integer[0]),
                ids.toArray(new String[0]));
        if (claimed.size() < requests.size()) {
            checkHeld(digests, occurrences);
            throw new Refused.DuplicateReference();
        }
        for (Commands.BulkRequest request : requests) {
            String holder = claimed.get(key(request.digest(), request.occurrence()));
            if (!request.command().id().toString().equals(holder)) {
                throw new NotStored("content_claim");
            }
        }
    }
}
