package org.pupilledger.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.vault.RememberedAnswer;

/**
 * Rows that follow from the entries or from each other, as far as that can be seen without folding the entries: the places of
 * projections, the claims of references beside the register, the files of editions, and what is remembered under idempotency
 * keys.
 */
public final class DerivedRows {
    private static final int ANSWERS_AT_ONCE = 1000;

    /** Of each kind; where there are more, something happened to all of them. */
    private static final int MAX_FOUND = 10;

    /** A token is written with the position, in one transaction. */
    private static final String PLACES = """
            select coalesce(p.name, t.processor)
            from projection p
            full join processor_token t on t.processor = p.name
            where p.name is null or p.name not in ('totals', 'register') or p.position < -1
                or p.position > (select coalesce(max(position), -1) from ledger_entry)
                or t.processor is not null
                    and convert_to(p.position::text, 'UTF8') <> coalesce(t.token, convert_to('-1', 'UTF8'))
            order by 1 limit ?
            """;

    private static final String ABSENT = """
            select name from (values ('register'), ('totals')) v (name)
            where not exists (select from projection p where p.name = v.name) order by 1
            """;

    /** What was recorded of a request that the register does not know yet may say otherwise. */
    private static final String IS_BEHIND = """
            exists (
                select from event e left join ledger_entry l on l.global_index = e.global_index
                where e.aggregate_id = %s
                    and (l.position is null or l.position > (select position from projection where name = 'register')))
            """;

    private static final String UNCLAIMED = """
            select r.id from request_reference f
            join request r on r.copy = f.copy and r.id = f.request
            where f.copy = (select copy from projection where name = 'register') and r.status <> 'ANNULLED'
                and not exists (
                    select from reference_claim c where c.reference = f.reference and c.request = f.request)
                and not %s
            limit ?
            """.replace("%s", IS_BEHIND.replace("%s", "f.request"));

    private static final String UNFOUNDED = """
            select c.request from reference_claim c
            where not exists (
                    select from request_reference f join request r on r.copy = f.copy and r.id = f.request
                    where f.copy = (select copy from projection where name = 'register')
                        and f.reference = c.reference and f.request = c.request and r.status <> 'ANNULLED')
                and not %s
            limit ?
            """.replace("%s", IS_BEHIND.replace("%s", "c.request"));

    private static final String DAMAGED_FILES =
            "select digest from published_file where digest <> encode(sha256(bytes), 'hex') order by 1 limit ?";

    /** Every digest in an event of an edition is that of a file. */
    private static final String LOST_FILES = """
            select distinct d.digest
            from registered g
            join event e on e.aggregate_id = g.id and e.aggregate_type = g.type
            cross join lateral (
                select m[1] as digest
                from regexp_matches(convert_from(e.payload, 'UTF8'), '"digest":"([0-9a-f]{64})"', 'g') m) d
            where g.type = 'edition' and g.copy = (select copy from projection where name = 'register')
                and not exists (select from published_file f where f.digest = d.digest)
            order by 1 limit ?
            """;

    private static final String ANSWERS =
            "select created_at, " + RememberedAnswer.COLUMNS + " from idempotency_key order by created_at, key_mac";

    private final Snapshot snapshot;
    private final @Nullable EventKeys keys;
    private final List<String> found;

    /**
     * @param keys  null where not all that ever signed are at hand
     * @param found where sentences about what differs go
     */
    public DerivedRows(Snapshot snapshot, @Nullable EventKeys keys, List<String> found) {
        this.snapshot = snapshot;
        this.keys = keys;
        this.found = found;
    }

    /** Looks at all of them. */
    public void verify() throws SQLException {
        snapshot.set("set local enable_hashjoin = on");
        add(PLACES, "position differs: the projection ", " is not at the place that its token says.");
        for (String name : snapshot.rows(ABSENT, row -> row.getString(1))) {
            found.add("position differs: the projection " + name + " is missing.");
        }
        add(UNCLAIMED, "claim differs: a reference of the request ", " is not claimed, so another could take it.");
        add(UNFOUNDED, "claim differs: a reference is claimed for the request ", ", which does not have it.");
        add(DAMAGED_FILES, "file differs: the published file ", " does not hold what was released.");
        add(LOST_FILES, "file differs: the published file ", " is missing.");
        if (keys != null) {
            addForgedAnswers(keys);
        }
    }

    private void addForgedAnswers(EventKeys ofLedger) throws SQLException {
        try (ResultSet row = snapshot.cursor(ANSWERS_AT_ONCE, ANSWERS)) {
            int forged = 0;
            while (forged < MAX_FOUND && row.next()) {
                if (RememberedAnswer.genuine(row, ofLedger.authenticity()) == null) {
                    forged++;
                    found.add("answer differs: what is remembered under an idempotency key of "
                            + row.getTimestamp("created_at").toInstant() + " is not what was answered.");
                }
            }
        }
    }

    private void add(String query, String before, String after) throws SQLException {
        for (String name : snapshot.rows(query, row -> row.getString(1), MAX_FOUND)) {
            found.add(before + name.replaceAll("[^\\x20-\\x7e]", "?") + after);
        }
    }
}
