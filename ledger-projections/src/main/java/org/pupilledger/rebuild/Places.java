package org.pupilledger.rebuild;

import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where a projection stands, which two rows tell: its own, and the token of its processor. Both are written in one transaction,
 * so where they differ, somebody moved one of them; the processor is stuck then, or will be at the next entry.
 */
final class Places {
    /** A claim of the future is one that no processor could take over, ever. */
    private static final String IS_MOVED = """
            select p.position < -1
                or p.position >= 0 and not exists (select from processor_token t where t.processor = p.name)
                or exists (
                    select from processor_token t
                    where t.processor = p.name
                        and (t.segment <> 0 or t.token is not null and t.token_type is distinct from 'position'
                            or coalesce(t.token, convert_to('-1', 'UTF8')) <> convert_to(p.position::text, 'UTF8')
                            or t.claimed_at collate "C"
                                > to_char(now() at time zone 'UTC' + interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS')))
            from projection p where p.name = ?
            """;

    private static final String ADD = """
            insert into projection (name, position, copy, version) values (?, -1, 0, ?) on conflict (name) do nothing
            """;
    private static final String LOCK = "select segment from processor_token where processor = ? for update";
    private static final String MOVE = "update projection set position = ? where name = ?";

    /** Also those of no projection, which nobody works with. */
    private static final String FORGET = """
            delete from processor_token t
            where processor = ? or not exists (select from projection p where p.name = t.processor)
            """;

    /** Nobody's, so that a processor that runs has to read it again. */
    private static final String TOKEN = """
            insert into processor_token (processor, segment, token, token_type, claimed_at)
            select ?, 0, convert_to(p, 'UTF8'), case when p is null then null else 'position' end,
                to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            from (values (?::text)) v (p)
            """;

    private final JdbcTemplate jdbc;
    private final String projection;

    Places(JdbcTemplate jdbc, String projection) {
        this.jdbc = jdbc;
        this.projection = projection;
    }

    /** Where its row is gone, there is one again that says that nothing was folded yet. */
    void add(int version) {
        jdbc.update(ADD, projection, version);
    }

    boolean areMoved() {
        return Boolean.TRUE.equals(jdbc.queryForObject(IS_MOVED, Boolean.class, projection));
    }

    /** To be called before the projection's own row is locked, for that is the order in which processors write. */
    void lock() {
        jdbc.queryForList(LOCK, projection);
    }

    /** Both say the same again. */
    void put(long position) {
        NotStored.unless(1, jdbc.update(MOVE, position, projection), "projection");
        jdbc.update(FORGET, projection);
        String token = position < 0 ? null : Long.toString(position);
        NotStored.unless(1, jdbc.update(TOKEN, projection, token), "processor_token");
    }
}
