package org.pupilledger.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.rebuild.Mending;
import org.pupilledger.rebuild.Outcome;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.rebuild.Phase;
import org.pupilledger.rebuild.Progress;
import org.pupilledger.rebuild.Rebuild;
import org.pupilledger.rebuild.Watch;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the claims of references and of content again what the entries give. References are compared with the register, which
 * is rebuilt first; content is worked out from each historic request. What is wrong is removed, what is missing is put back, in
 * one transaction that nobody else's claims are made in meanwhile. A request of which something was recorded that the register
 * does not know yet is left for the next time: its claims are as its newest events say, not as the register does.
 *
 * <p>A line without references that was imported all alone cannot be told from a request that was recorded by itself, which
 * claims no content. So its claim is believed where it is there, and not put back where it is gone.
 */
public final class ClaimsMending implements Mending {
    public static final String NAME = "claims";

    /** Differences of one transaction, during which whoever claims something waits. */
    private static final int MAX_DIFFERENCES = 10_000;

    /** Sentences about references of two requests. */
    private static final int MAX_LEFT = 10;

    private static final List<String> SETTINGS = List.of(
            "select set_config('lock_timeout', '10s', true)",
            "select set_config('enable_hashjoin', 'on', true)",
            "select set_config('jit', 'off', true)");

    /** In the order in which they are claimed, so that nobody waits for each other. */
    private static final String LOCK = "lock table content_claim, reference_claim in share row exclusive mode";

    private static final String DIGEST = """
            select encode(sha256(coalesce(string_agg(row, ''::bytea order by row), ''::bytea)), 'hex')
            from (
                select sha256(convert_to('reference ' || reference || ' ' || request, 'UTF8')) as row
                from reference_claim
                union all
                select sha256(convert_to('content ' || encode(digest, 'hex') || ' ' || occurrence || ' ' || request, 'UTF8'))
                from content_claim) r
            """;

    private static final String STANDS = """
            request_reference f join request r on r.copy = f.copy and r.id = f.request
            where f.copy = (select copy from projection where name = 'register') and r.status <> 'ANNULLED'
            """;

    private static final String RELEASE_REFERENCES =
            """
            delete from reference_claim c
            where not exists (select from %stands and f.reference = c.reference and f.request = c.request) and not %behind
            """.replace("%stands", STANDS).replace("%behind", isBehind("c.request"));

    private static final String UNCLAIMED = """
            from %stands
                and not exists (select from reference_claim c where c.reference = f.reference and c.request = f.request)
                and not %behind
            """.replace("%stands", STANDS).replace("%behind", isBehind("f.request"));

    /** Of two requests with one reference, which needs a claim to have been removed, who holds it keeps it. */
    private static final String CLAIM_REFERENCES = "insert into reference_claim (reference, request)"
            + " select distinct on (f.reference) f.reference, f.request " + UNCLAIMED
            + " order by f.reference, r.first_position on conflict do nothing";

    private static final String LEFT = "select f.request, c.request as holder from reference_claim c right join"
            + " (select f.reference, f.request " + UNCLAIMED + " limit " + MAX_LEFT
            + ") f on f.reference = c.reference order by 1, 2";

    private static final String RELEASE_STRANGERS = """
            delete from content_claim c
            where not exists (
                    select from request r
                    where r.copy = (select copy from projection where name = 'register') and r.id = c.request)
                and not %behind
            """.replace("%behind", isBehind("c.request"));

    private static final String RELEASE_CONTENT =
            "delete from content_claim c where digest = ? and occurrence = ? and request = ? and not "
                    + isBehind("c.request");

    /** Lines of files that are equal are numbered from 1, and a new one takes the first number that is free. */
    private static final String CLAIM_CONTENT = """
            insert into content_claim (digest, occurrence, request)
            select w.digest,
                case when w.is_referenced then 0 else (
                    select min(n) from generate_series(1, 1 + (
                        select count(*)::int from content_claim c where c.digest = w.digest)) n
                    where not exists (select from content_claim c where c.digest = w.digest and c.occurrence = n)) end,
                w.request
            from (values (?::bytea, ?::boolean, ?::text)) w (digest, is_referenced, request)
            where not %behind
            on conflict do nothing
            """.replace("%behind", isBehind("w.request"));

    private final Rebuild register;
    private final RecordedContent contents;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    private static String isBehind(String request) {
        return """
            exists (
                select from event e left join ledger_entry l on l.global_index = e.global_index
                where e.aggregate_id = %s
                    and (l.position is null or l.position > (select position from projection where name = 'register')))
            """.replace("%s", request);
    }

    /**
     * @param register   rebuilds the register
     * @param dataSource of {@code ledger_app}
     */
    public ClaimsMending(Rebuild register, DataSource dataSource) {
        this.register = register;
        this.jdbc = new JdbcTemplate(dataSource);
        this.contents = new RecordedContent(jdbc);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * A row of {@code content_claim}.
     *
     * @param digest of all that the request was recorded with, 32 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Claim(byte[] digest, int occurrence, String request) {}

    /** What is to be changed. */
    private record Differences(List<Claim> wrong, List<RecordedContent.Content> missing) {
        Differences() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        int count() {
            return wrong.size() + missing.size();
        }
    }

    private record Mended(String was, String now, int changes, List<String> left) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Watch watch) {
        long position = register.run(watch).position();
        @Nullable Mended first = null;
        int changes = 0;
        String from = "";
        while (true) {
            Differences differences = new Differences();
            String last = from;
            do {
                watch.at(new Progress(Phase.COMPARING, position, position, 0));
                watch.heed();
                from = last;
                last = compare(from, differences);
            } while (!last.equals(from) && differences.count() < MAX_DIFFERENCES);
            Mended mended = Objects.requireNonNull(transaction.execute(status -> mend(differences)));
            first = first == null ? mended : first;
            changes += mended.changes();
            if (last.equals(from)) {
                return new Outcome(
                        NAME,
                        position,
                        changes == 0 && mended.left().isEmpty() ? Finding.SAME : Finding.DAMAGED,
                        first.was(),
                        mended.now(),
                        mended.left());
            }
            from = last;
        }
    }

    /** Looks at the next requests; returns the last of them, or {@code after} where there are no more. */
    private String compare(String after, Differences differences) {
        SequencedMap<String, RecordedContent.Content> page = contents.after(after);
        Map<String, List<Claim>> claimed = new HashMap<>();
        jdbc.query(
                "select digest, occurrence, request from content_claim where request = any (?) order by occurrence",
                row -> {
                    claimed.computeIfAbsent(row.getString(3), request -> new ArrayList<>())
                            .add(new Claim(row.getBytes(1), row.getInt(2), row.getString(3)));
                },
                (Object) page.keySet().toArray(new String[0]));
        page.forEach((request, content) -> {
            if (content.kind() == RecordedContent.Kind.UNKNOWN) {
                return;
            }
            boolean isHeld = false;
            for (Claim claim : claimed.getOrDefault(request, List.of())) {
                if (!isHeld && content.justifies(claim)) {
                    isHeld = true;
                } else {
                    differences.wrong().add(claim);
                }
            }
            if (!isHeld && contents.isClaiming(content)) {
                differences.missing().add(content);
            }
        });
        return page.isEmpty() ? after : page.lastEntry().getKey();
    }

    private Mended mend(Differences differences) {
        SETTINGS.forEach(setting -> jdbc.queryForObject(setting, String.class));
        jdbc.execute(LOCK);
        String was = digest();
        int changes = jdbc.update(RELEASE_STRANGERS) + jdbc.update(RELEASE_REFERENCES);
        for (Claim claim : differences.wrong()) {
            changes += jdbc.update(RELEASE_CONTENT, claim.digest(), claim.occurrence(), claim.request());
        }
        differences.missing().sort(Comparator.comparingLong(RecordedContent.Content::globalIndex));
        for (RecordedContent.Content content : differences.missing()) {
            changes += jdbc.update(
                    CLAIM_CONTENT,
                    content.digest(),
                    content.kind() == RecordedContent.Kind.REFERENCED,
                    content.request());
        }
        changes += jdbc.update(CLAIM_REFERENCES);
        List<String> left = left();
        String now = digest();
        if ((changes == 0) != was.equals(now)) {
            throw new NotStored("reference_claim");
        }
        return new Mended(was, now, changes, left);
    }

    private String digest() {
        return Objects.requireNonNull(jdbc.queryForObject(DIGEST, String.class));
    }

    private List<String> left() {
        return jdbc.query(LEFT, (row, number) -> {
            String holder = row.getString(2);
            if (holder == null) {
                throw new NotStored("reference_claim");
            }
            return "a reference of the request " + row.getString(1) + " is also one of the request " + holder
                    + ", which holds it: correct one of the two.";
        });
    }
}
