package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.verdict.Break.Kind.CHANGED;
import static org.pupilledger.verdict.Break.Kind.FORGED;
import static org.pupilledger.verdict.Break.Kind.INSERTED;
import static org.pupilledger.verdict.Break.Kind.MISSING;
import static org.pupilledger.verdict.Break.Kind.REORDERED;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.Thorough;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/** What a superuser can do to one table, with triggers off, and that it is found: kind and position. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperingTest {
    private static final String AHEAD = "((pg_snapshot_xmax(snapshot)::text::bigint + 1000000) || ':'"
            + " || (pg_snapshot_xmax(snapshot)::text::bigint + 1000000) || ':')::pg_snapshot";

    /** Positions of two rows: under full tiles, neighbours, at the edge of the tree, not sealed yet. */
    private static final List<Pair> PAIRS = Thorough.first(
            3,
            List.of(
                    new Pair(17, 300),
                    new Pair(540, 541),
                    new Pair(585, 598),
                    new Pair(0, 599),
                    new Pair(40, 41),
                    new Pair(255, 256),
                    new Pair(530, 590)));

    /** The same of one row. */
    private static final List<Long> PLACES =
            Thorough.first(5, List.of(0L, 255L, 300L, 540L, 599L, 17L, 256L, 511L, 512L, 579L, 580L, 590L));

    /**
     * What one changed value in a column is found to be, and two swapped ones.
     *
     * @param swapped null where the values of all rows are the same, or there is one row
     */
    record Expected(@Nullable Kind changed, @Nullable Kind swapped) {}

    private static final Expected UNNOTICED = new Expected(null, null);

    private static final Map<String, Expected> COLUMNS = Map.ofEntries(
            Map.entry("event.global_index", new Expected(CHANGED, REORDERED)),
            Map.entry("event.event_id", new Expected(CHANGED, CHANGED)),
            Map.entry("event.aggregate_id", new Expected(CHANGED, CHANGED)),
            Map.entry("event.sequence", new Expected(CHANGED, CHANGED)),
            Map.entry("event.aggregate_type", new Expected(CHANGED, CHANGED)),
            Map.entry("event.recorded_at", new Expected(CHANGED, CHANGED)),
            Map.entry("event.type", new Expected(CHANGED, CHANGED)),
            Map.entry("event.revision", new Expected(CHANGED, CHANGED)),
            Map.entry("event.payload", new Expected(CHANGED, CHANGED)),
            Map.entry("event.metadata", new Expected(CHANGED, CHANGED)),
            Map.entry("event.xid", new Expected(CHANGED, CHANGED)),
            Map.entry("ledger_entry.position", new Expected(CHANGED, REORDERED)),
            Map.entry("ledger_entry.global_index", new Expected(CHANGED, REORDERED)),
            Map.entry("ledger_entry.leaf_bytes", new Expected(CHANGED, REORDERED)),
            Map.entry("ledger_entry.leaf_hash", new Expected(CHANGED, REORDERED)),
            Map.entry("ledger_entry.xid", new Expected(CHANGED, CHANGED)),
            Map.entry("tile.level", new Expected(CHANGED, null)),
            Map.entry("tile.number", new Expected(CHANGED, REORDERED)),
            Map.entry("tile.hashes", new Expected(CHANGED, REORDERED)),
            Map.entry("checkpoint.size", new Expected(CHANGED, REORDERED)),
            Map.entry("checkpoint.note", new Expected(FORGED, REORDERED)),
            Map.entry("tree_edge.level", new Expected(CHANGED, REORDERED)),
            Map.entry("tree_edge.number", new Expected(CHANGED, REORDERED)),
            Map.entry("tree_edge.hashes", new Expected(CHANGED, REORDERED)),
            Map.entry("public_checkpoint.id", new Expected(CHANGED, null)),
            Map.entry("public_checkpoint.size", new Expected(CHANGED, null)),
            Map.entry("public_checkpoint.since", new Expected(CHANGED, null)),
            Map.entry("sequencer.id", new Expected(CHANGED, null)),
            Map.entry("sequencer.snapshot", new Expected(CHANGED, null)),
            // then the sequencer looks at all events again, and finds none
            Map.entry("sequencer.cluster", UNNOTICED),
            Map.entry("sequencer.mac", UNNOTICED));

    private SmallLedger ledger;
    private List<String> touched = List.of();

    private record Pair(long one, long other) {}

    /**
     * One tampering.
     *
     * @param expected the kind of the first break; null where nothing is noticed
     * @param position of the first break
     */
    record Case(
            String name, List<String> statements, @Nullable Kind expected, long position) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void build() throws SQLException {
        ledger = SmallLedger.of600();
        ledger.tamper(
                "alter table public_checkpoint drop constraint public_checkpoint_id_check",
                "alter table sequencer drop constraint sequencer_id_check",
                "alter table event drop constraint event_aggregate_id_sequence_key",
                "alter table event drop constraint event_event_id_key",
                "alter table ledger_entry drop constraint ledger_entry_position_check");
        ledger.keep();
    }

    @AfterEach
    void restore() throws SQLException {
        ledger.restore(touched);
    }

    @AfterAll
    void close() throws SQLException {
        ledger.close();
    }

    @Test
    void nothingIsFoundWhereNothingWasDone() {
        // constraints were dropped to make room for what they would refuse
        assertThat(ledger.verify().differences()).hasSize(7);
        assertThat(ledger.verify().breaks()).isEmpty();
    }

    @Test
    void everyColumnIsTriedOut() {
        Set<String> columns = new TreeSet<>(ledger.jdbc()
                .queryForList(
                        "select table_name || '.' || column_name from information_schema.columns"
                                + " where table_schema = 'public' and table_name = any (?)",
                        String.class,
                        (Object) SmallLedger.TABLES.toArray(new String[0])));
        assertThat(columns).isEqualTo(new TreeSet<>(COLUMNS.keySet()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFound(Case tampering) throws SQLException {
        String statements = String.join(";", tampering.statements());
        touched = SmallLedger.TABLES.stream().filter(statements::contains).toList();
        ledger.tamper(tampering.statements().toArray(new String[0]));

        Report report = ledger.verify();

        if (tampering.expected() == null) {
            assertThat(report.breaks()).isEmpty();
        } else {
            assertThat(report.breaks()).isNotEmpty();
            Break first = report.breaks().getFirst();
            assertThat(first.kind() + " at " + first.position())
                    .as(report.breaks().toString())
                    .isEqualTo(tampering.expected() + " at " + tampering.position());
            assertThat(report.breaks())
                    .allSatisfy(
                            it -> assertThat(it.sentence()).contains("position").doesNotContain("bl\u00fchend"));
        }
    }

    private static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        COLUMNS.keySet().stream().sorted().forEach(name -> addColumn(name, cases));
        addRows(cases);
        return cases.stream();
    }

    private static void addColumn(String name, List<Case> cases) {
        String table = name.substring(0, name.indexOf('.'));
        String column = name.substring(name.indexOf('.') + 1);
        Expected expected = COLUMNS.getOrDefault(name, UNNOTICED);
        switch (table) {
            case "event", "ledger_entry" -> {
                for (Pair pair : PAIRS) {
                    cases.add(changed(table, column, row(table, pair.one()), expected.changed(), pair.one()));
                    cases.add(changed(table, column, row(table, pair.other()), expected.changed(), pair.other()));
                    if (!isSame(column, pair)) {
                        cases.add(swapped(
                                table,
                                column,
                                row(table, pair.one()),
                                row(table, pair.other()),
                                expected.swapped(),
                                pair.one()));
                    }
                }
            }
            case "tile" -> {
                cases.add(changed(table, column, "number = 0", expected.changed(), 0));
                cases.add(changed(table, column, "number = 1", expected.changed(), 256));
                addSwapped(cases, table, column, "number = 0", "number = 1", expected.swapped(), 0);
            }
            case "checkpoint" -> {
                for (long size : new long[] {2, 300, 580}) {
                    cases.add(changed(table, column, "size = " + size, expected.changed(), size - 1));
                }
                addSwapped(cases, table, column, "size = 300", "size = 512", expected.swapped(), 299);
                addSwapped(cases, table, column, "size = 2", "size = 580", expected.swapped(), 1);
            }
            case "tree_edge" -> {
                cases.add(changed(table, column, "level = 0", expected.changed(), 512));
                cases.add(changed(table, column, "level = 1", expected.changed(), 0));
                addSwapped(cases, table, column, "level = 0", "level = 1", expected.swapped(), 0);
            }
            case "public_checkpoint" ->
                cases.add(changed(table, column, "true", expected.changed(), column.equals("size") ? 1_000_579 : 579));
            default -> cases.add(changed(table, column, "true", expected.changed(), 600));
        }
    }

    /** Values that two rows have in common, so that there is nothing to swap. */
    private static boolean isSame(String column, Pair pair) {
        boolean sameBatch = batch(pair.one()) == batch(pair.other());
        return switch (column) {
            case "xid" -> sameBatch;
            case "aggregate_id" -> pair.one() / 2 == pair.other() / 2;
            case "sequence", "type" -> pair.one() > 1 && pair.one() % 2 == pair.other() % 2;
            case "aggregate_type" -> pair.one() > 1 && (pair.one() % 3 == 0) == (pair.other() % 3 == 0);
            case "revision" -> pair.one() > 1 && pair.one() % 5 == pair.other() % 5;
            default -> false;
        };
    }

    private static int batch(long position) {
        int batch = 0;
        for (int size : new int[] {2, 100, 256, 300, 512, 580}) {
            batch += position >= size ? 1 : 0;
        }
        return batch;
    }

    private static void addSwapped(
            List<Case> cases,
            String table,
            String column,
            String one,
            String other,
            @Nullable Kind expected,
            long position) {
        if (expected != null) {
            cases.add(swapped(table, column, one, other, expected, position));
        }
    }

    private static String row(String table, long position) {
        return table.equals("event")
                ? "global_index = (select global_index from kept.ledger_entry where position = " + position + ")"
                : "position = " + position;
    }

    private static Case changed(String table, String column, String row, @Nullable Kind expected, long position) {
        return new Case(
                table + "." + column + " changed where " + row,
                List.of(
                        "create temp table one on commit drop as select * from public." + table + " where " + row,
                        "delete from public." + table + " where " + row,
                        "update one set " + column + " = " + another(column),
                        "insert into public." + table + " select * from one"),
                expected,
                position);
    }

    private static String another(String column) {
        return switch (column) {
            case "event_id", "aggregate_id", "aggregate_type", "recorded_at", "type", "revision" -> column + " || '1'";
            case "payload", "metadata", "leaf_bytes", "leaf_hash", "note", "hashes", "mac" ->
                "set_byte(" + column + ", length(" + column + ") / 2, get_byte(" + column + ", length(" + column
                        + ") / 2) # 1)";
            case "xid" -> "(xid::text::bigint + 1)::text::xid8";
            case "snapshot" -> AHEAD;
            case "id" -> "not id";
            case "since" -> "since - interval '1 year'";
            case "level" -> "level + 5";
            default -> column + " + 1000000";
        };
    }

    private static Case swapped(
            String table, String column, String one, String other, @Nullable Kind expected, long position) {
        return new Case(
                table + "." + column + " swapped where " + one + " or " + other,
                List.of(
                        "create temp table one on commit drop as select * from public." + table + " where " + one,
                        "create temp table other on commit drop as select * from public." + table + " where " + other,
                        "delete from public." + table + " where " + one + " or " + other,
                        "create temp table kept_value on commit drop as select " + column + " as it from one",
                        "update one set " + column + " = (select " + column + " from other)",
                        "update other set " + column + " = (select it from kept_value)",
                        "insert into public." + table + " select * from one",
                        "insert into public." + table + " select * from other"),
                expected,
                position);
    }

    private static void addRows(List<Case> cases) {
        for (long position : PLACES) {
            cases.add(one("event deleted", position, MISSING, "delete from event where " + row("event", position)));
            cases.add(one(
                    "ledger_entry deleted",
                    position,
                    MISSING,
                    "delete from ledger_entry where " + row("ledger_entry", position)));
            cases.add(one(
                    "entry and event deleted",
                    position,
                    MISSING,
                    "delete from event where " + row("event", position),
                    "delete from ledger_entry where " + row("ledger_entry", position)));
            cases.add(one(
                    "ledger_entry deleted, the others moved up",
                    position,
                    MISSING,
                    "delete from ledger_entry where " + row("ledger_entry", position),
                    "update ledger_entry set position = -position where position > " + position,
                    "update ledger_entry set position = -position - 1 where position < 0"));
            cases.add(one(
                    "three entries deleted, the others moved up",
                    Math.min(position, 597),
                    MISSING,
                    "delete from ledger_entry where position between " + Math.min(position, 597) + " and "
                            + (Math.min(position, 597) + 2),
                    "update ledger_entry set position = -position where position > " + position,
                    "update ledger_entry set position = -position - 3 where position < 0"));
            cases.add(one(
                    "ledger_entry inserted, the others moved down",
                    position,
                    INSERTED,
                    "update ledger_entry set position = -position - 1 where position >= " + position,
                    "update ledger_entry set position = -position where position < 0",
                    insertEntry(position)));
            cases.add(one(
                    "event and entry rewritten",
                    position,
                    CHANGED,
                    rewriteEvent(position),
                    "update ledger_entry l set leaf_bytes = convert_to(replace(convert_from(leaf_bytes, 'UTF8'),"
                            + " '\"v\":', '\"v\":'), 'UTF8') where " + row("ledger_entry", position)));
        }
        cases.add(one(
                "ledger_entry.position beyond all",
                300,
                CHANGED,
                "update ledger_entry set position = 9223372036854775807 where position = 300"));
        cases.add(one("ledger_entry inserted before the first", -1, INSERTED, insertEntry(-1)));
        cases.add(one(
                "an event copied",
                600,
                INSERTED,
                "insert into event (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision,"
                        + " payload, metadata) select event_id, aggregate_id, sequence, aggregate_type, recorded_at, type,"
                        + " revision, payload, metadata from event e where " + row("event", 300)));
        cases.add(one("ledger_entry inserted at the end", 600, INSERTED, insertEntry(600)));
        cases.add(one("ledger_entry inserted far off", 600, INSERTED, insertEntry(70_000)));
        cases.add(one("event inserted", 600, FORGED, insertEvent(1_000_000, "pg_current_xact_id()")));
        cases.add(one("event inserted in the past", 600, INSERTED, insertEvent(1_000_000, "'4'::xid8")));
        cases.add(one("event inserted before the first", 0, INSERTED, insertEvent(-5, "'4'::xid8")));
        cases.add(one("last entries deleted", 512, MISSING, "delete from ledger_entry where position >= 512"));
        cases.add(one(
                "some entries deleted", 250, MISSING, "delete from ledger_entry where position between 250 and 520"));

        cases.add(one("tile deleted", 0, MISSING, "delete from tile where number = 0"));
        cases.add(one("tile deleted", 256, MISSING, "delete from tile where number = 1"));
        for (long number : new long[] {2, 3, 4_000_000_000_000_000_000L}) {
            cases.add(one(
                    "tile inserted",
                    Math.min(number * 256, 600) < 0 ? 600 : Math.min(number * 256, 600),
                    INSERTED,
                    "insert into tile select 0, " + number + ", hashes from tile where number = 0"));
        }
        for (int level : new int[] {1, 3, 7}) {
            cases.add(one(
                    "tile inserted at level " + level,
                    0,
                    INSERTED,
                    "insert into tile select " + level + ", 0, hashes from tile where number = 0"));
        }

        for (long size : new long[] {2, 300, 580}) {
            cases.add(one("checkpoint deleted", size - 1, MISSING, "delete from checkpoint where size = " + size));
        }
        cases.add(one(
                "checkpoint inserted with another's note",
                399,
                INSERTED,
                "insert into checkpoint select 400, note from checkpoint where size = 300"));
        cases.add(one("checkpoint inserted", 399, FORGED, "insert into checkpoint values (400, 'nothing'::bytea)"));
        cases.add(one("checkpoint inserted at the end", 589, FORGED, "insert into checkpoint values (590, '')"));

        cases.add(one("tree_edge deleted", 512, MISSING, "delete from tree_edge where level = 0"));
        cases.add(one("tree_edge deleted at level 1", 0, MISSING, "delete from tree_edge where level = 1"));
        cases.add(one("tree_edge inserted", 600, INSERTED, "insert into tree_edge values (2, 0, '')"));
        cases.add(one(
                "tree_edge shortened",
                512,
                CHANGED,
                "update tree_edge set hashes = substr(hashes, 1, 320) where level = 0"));

        cases.add(one("public_checkpoint deleted", 579, MISSING, "delete from public_checkpoint"));
        cases.add(one(
                "public_checkpoint inserted",
                579,
                INSERTED,
                "insert into public_checkpoint select false, size, since from public_checkpoint"));
        cases.add(one(
                "sequencer inserted",
                600,
                INSERTED,
                "insert into sequencer select false, snapshot, cluster, mac from sequencer"));
        // then the sequencer looks at all events again, and finds none
        cases.add(new Case("sequencer deleted", List.of("delete from sequencer"), null, 0));
        cases.add(new Case("sequencer.snapshot older", List.of("update sequencer set snapshot = '1:1:'"), null, 0));

        Map<String, Kind> truncated = Map.of(
                "event",
                MISSING,
                "ledger_entry",
                MISSING,
                "tile",
                MISSING,
                "checkpoint",
                MISSING,
                "tree_edge",
                MISSING);
        Map<String, Long> firsts = Map.of("checkpoint", 1L, "public_checkpoint", 579L);
        truncated.forEach((table, kind) -> cases.add(one(
                table + " truncated",
                firsts.getOrDefault(table, 0L),
                kind,
                "truncate " + (table.equals("checkpoint") ? "checkpoint, public_checkpoint" : table))));
        cases.add(one("public_checkpoint truncated", 579, MISSING, "truncate public_checkpoint"));
    }

    private static Case one(String name, long position, Kind expected, String... statements) {
        return new Case(name + ", " + position, List.of(statements), expected, position);
    }

    private static String rewriteEvent(long position) {
        return "update event set payload = convert_to(replace(convert_from(payload, 'UTF8'), '2', '3') || ' ', 'UTF8')"
                + " where " + row("event", position);
    }

    private static String insertEntry(long position) {
        return "insert into ledger_entry select " + position + ", 5000000, convert_to('{}', 'UTF8'),"
                + " sha256(convert_to('x', 'UTF8')), '4'::xid8";
    }

    private static String insertEvent(long globalIndex, String xid) {
        return "insert into event select " + globalIndex + ", 'e', 'a', 0, aggregate_type, recorded_at, type, revision,"
                + " payload, metadata, " + xid + " from event order by global_index limit 1";
    }
}
