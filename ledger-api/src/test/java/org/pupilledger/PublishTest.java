package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.correction;
import static org.pupilledger.Sample.historic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.Program.Result;
import org.pupilledger.node.LedgerNode;

/** What the command publishes is what the server released, to the byte, wherever and whenever it runs. */
@Timeout(300)
class PublishTest {
    private static final String MATCHED = """
            , "decision": {"outcome": "APPROVED"}, "match": {"matched": 2, "ambiguous": 0},
            "disclosure": {"answered": 2, "returned": 2, "items": ["SCHOOL"]}""";
    private static final List<String> TURKISH =
            List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Auckland");
    private static final List<String> GERMAN =
            List.of("-Duser.language=de", "-Duser.country=DE", "-Duser.timezone=Europe/Berlin");
    private static final String EDITION = "/editions/2023-Q3";

    private final DiskLedger ledger = new DiskLedger();
    private Map<String, String> first = Map.of();
    private Map<String, String> revised = Map.of();

    @TempDir
    Path files;

    @AfterEach
    void clean() {
        ledger.close();
    }

    private Result publish(List<String> options, String directory, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "publish",
                "--quarter",
                "2023-Q3",
                "--out",
                files.resolve(directory).toString()));
        arguments.addAll(Arrays.asList(more));
        String[] all = arguments.toArray(new String[0]);
        return options.isEmpty() ? ledger.run(all) : ledger.runAlone(options, all);
    }

    /** What it printed, which is what it wrote: digests by name. */
    private Map<String, String> published(Result result, String directory) throws Exception {
        assertThat(result.exitCode()).as("%s", result).isZero();
        Map<String, String> printed = new TreeMap<>();
        result.out().lines().forEach(line -> {
            assertThat(line).matches("[0-9a-f]{64} {2}[a-z][A-Za-z0-9.-]+");
            printed.put(line.substring(66), line.substring(0, 64));
        });
        assertThat(written(directory)).isEqualTo(printed);
        return printed;
    }

    private Map<String, String> written(String directory) throws Exception {
        Map<String, String> written = new TreeMap<>();
        try (Stream<Path> found = Files.list(files.resolve(directory))) {
            for (Path file : found.toList()) {
                written.put(file.getFileName().toString(), digest(Files.readAllBytes(file)));
            }
        }
        return written;
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private void refuse(String sentence, String... more) {
        Result result = publish(List.of(), "refused", more);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).contains(sentence).hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(files.resolve("refused")).doesNotExist();
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isBetween(200, 201);
        return reply;
    }

    /** Digests by name of the revision under a pointer of the answer. */
    private static Map<String, String> digests(Reply edition, String pointer) {
        Map<String, String> digests = new TreeMap<>();
        edition.json()
                .at(pointer + "/files")
                .forEach(file -> digests.put(
                        file.get("name").stringValue(), file.get("sha256").stringValue()));
        assertThat(digests).as("%s", edition).isNotEmpty();
        return digests;
    }

    private static void settle(TestServer server, Reply change) {
        done(server.as("auditor").get(EDITION + "?waitFor=" + change.id() + ":" + change.sequence()));
    }

    private String recordAndAnnounce(TestServer server) {
        String id = done(server.as("recorder").post("/requests", historic("DWP", "2023-08", "7", MATCHED)))
                .id();
        settle(
                server,
                done(server.as("publisher")
                        .post("/editions", "{\"quarter\": \"2023-Q3\", \"releaseOn\": \"2023-12-07\"}")));
        return id;
    }

    /** Two releases, of which the second knows of a correction. */
    private void releaseTwice(TestServer server, String id) {
        Caller publisher = server.as("publisher");
        Caller approver = server.as("approver");
        settle(server, done(publisher.post(EDITION + "/preview", "{}")));
        Reply released = done(approver.post(EDITION + "/release", "{}"));
        first = digests(released, "/revisions/0");
        approver.read(done(approver.post("/requests/" + id + "/corrections", correction("match.matched", "2", "3"))));
        settle(server, done(publisher.post(EDITION + "/revisions", """
                {"kind": "UNSCHEDULED_CORRECTION", "reason": "RECOUNT", "decider": "HEAD_OF_PROFESSION",
                 "announcedOn": "2024-02-01"}
                """)));
        Reply again = done(approver.post(EDITION + "/release", "{}"));
        revised = digests(again, "/revisions/0");
        settle(server, again);
    }

    @Test
    void writesPreviewsAndReleasesBesideAServerAndAlone() throws Exception {
        ledger.serve(server -> {
            String id = recordAndAnnounce(server);
            LedgerNode node = server.context().getBean(LedgerNode.class);
            long before = node.storage().entries().head();
            refuse("nothing to compare with", "--preview", "--rebuild");
            Result made = publish(TURKISH, "made");
            assertThat(made.err()).isEqualTo("preview, not released; made now and not recorded\n");
            Map<String, String> preview = published(made, "made");
            assertThat(node.storage().entries().head())
                    .as("nothing is recorded")
                    .isEqualTo(before);
            assertThat(server.as("auditor").get(EDITION).at("/status")).isEqualTo("SCHEDULED");
            for (String file : preview.values()) {
                assertThat(node.storage()
                                .events()
                                .jdbc()
                                .queryForObject(
                                        "select count(*) from published_file where digest = ?", Long.class, file))
                        .as("nothing is kept")
                        .isZero();
            }

            releaseTwice(server, id);
            assertThat(preview)
                    .as("a preview at the server, from the same figures")
                    .isEqualTo(first);
        });

        Result newest = publish(GERMAN, "newest", "--rebuild");
        assertThat(newest.err()).matches("revision 2, released 20\\d\\d-\\d\\d-\\d\\d\n");
        assertThat(published(newest, "newest")).isEqualTo(revised).isNotEqualTo(first);
        assertThat(Files.readString(files.resolve("newest/revisions.csv"))).contains("individuals_matched");
        assertThat(published(publish(TURKISH, "newest"), "newest")).isEqualTo(revised);
        Result earlier = publish(TURKISH, "earlier", "--revision", "1", "--rebuild");
        assertThat(earlier.err()).startsWith("revision 1, released ");
        assertThat(published(earlier, "earlier")).isEqualTo(first);

        Result other = publish(List.of(), "earlier");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("holds something else");
        assertThat(other.out()).isEmpty();
        assertThat(written("earlier")).isEqualTo(first);
        refuse("no such release", "--revision", "3");
        refuse("no such release", "--revision", "zzyzx");
        refuse("nothing is before a second person", "--preview");
    }

    @Test
    void whatCannotBeMadeAsItWasReleasedIsAFinding() throws Exception {
        ledger.serve(server -> releaseTwice(server, recordAndAnnounce(server)));
        String damage = "update published_file set bytes = bytes || ' '::bytea where digest = '%s'"
                .formatted(revised.get("home-office-monthly.csv"));
        ledger.tamper(damage);
        assertThat(published(publish(List.of(), "mended"), "mended"))
                .as("what is not kept is made again")
                .isEqualTo(revised);

        ledger.tamper(
                """
                update ledger_entry set leaf_bytes =
                    convert_to(replace(convert_from(leaf_bytes, 'UTF8'), '"matched":2', '"matched":1'), 'UTF8')
                where convert_from(leaf_bytes, 'UTF8') like '%"type":"matching-request.matched"%'
                """,
                damage.replace(revised.get("home-office-monthly.csv"), revised.get("other-government-quarterly.csv")));
        Result again = publish(List.of(), "again", "--rebuild");
        assertThat(again.exitCode()).as("%s", again).isEqualTo(1);
        assertThat(again.out().lines())
                .allMatch(line -> line.startsWith("differs: "))
                .contains(
                        "differs: other-government-quarterly.csv",
                        "differs: pupil-matching-2023-Q3.ods",
                        "differs: the figures behind the tables")
                .doesNotContain("differs: agreements.csv", "differs: home-office-monthly.csv");
        assertThat(files.resolve("again")).doesNotExist();

        assertThat(published(publish(List.of(), "mended"), "mended"))
                .as("the totals still know what the entries do not say any more")
                .isEqualTo(revised);
        ledger.tamper("update monthly_total set individuals_matched = individuals_matched + 1");
        Result kept = publish(List.of(), "kept");
        assertThat(kept.exitCode()).as("%s", kept).isEqualTo(1);
        assertThat(kept.out()).isEqualTo("differs: other-government-quarterly.csv\n");
        assertThat(files.resolve("kept")).doesNotExist();
    }
}
