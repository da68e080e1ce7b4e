package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.live;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pupilledger.editions.PublishedQuarter;
import org.pupilledger.node.LedgerNode;

/** The department decides that everybody may read the entries that released figures were counted from. */
class Story22PublicEntriesTest {
    private static TestServer server;
    private static Caller everybody;
    private static Caller auditor;

    /** Entries by position: {@code matching-request.received first}. */
    private static final NavigableMap<Long, String> ENTRIES = new TreeMap<>();

    private static final NavigableSet<Long> OPEN_BEFORE = new TreeSet<>();
    private static final NavigableSet<Long> OPEN_AFTER_THE_RELEASE = new TreeSet<>();
    private static final NavigableSet<Long> OPEN_AFTER_THE_REVISION = new TreeSet<>();

    @BeforeAll
    static void publish() {
        Path directory = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(directory);
        settings.addAll(TestServer.users());
        settings.add("--ledger.inception=" + TestServer.INCEPTION);
        settings.add("--ledger.public-entries=released");
        server = TestServer.start(directory, settings);
        everybody = server.anonymous();
        auditor = server.as("auditor");
        PublishedQuarter second = new PublishedQuarter(server.context().getBean(LedgerNode.class), "2024-Q2");
        PublishedQuarter third = new PublishedQuarter(server.context().getBean(LedgerNode.class), "2024-Q3");

        String whole = recorded("2024-05", 10);
        walk(whole);
        String later = recorded("2024-08", 20);
        String moved = recorded("2024-06", 30);
        moved(moved, "2024-06", "2024-07");
        String movedAndDestroyed = recorded("2024-06", 40);
        moved(movedAndDestroyed, "2024-06", "2024-07");
        walk(movedAndDestroyed);
        String movedBack = recorded("2024-09", 50);
        walk(movedBack);
        moved(movedBack, "2024-09", "2024-04");
        third.schedule();
        second.schedule();
        second.preview();
        String unseen = recorded("2024-05", 60);
        second.preview();
        String tooLate = recorded("2024-05", 70);
        look(OPEN_BEFORE);
        second.release();
        third.preview();
        String newest = recorded("2024-05", 80);
        name(List.of(whole, later, moved, movedAndDestroyed, movedBack, unseen, tooLate, newest));
        look(OPEN_AFTER_THE_RELEASE);
        second.previewRevision();
        second.release();
        name(List.of(whole, later, moved, movedAndDestroyed, movedBack, unseen, tooLate, newest));
        look(OPEN_AFTER_THE_REVISION);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String recorded(String received, int individuals) {
        return server.as("recorder")
                .post("/requests", live("DWP", received, individuals))
                .id();
    }

    /** All stages to the closure. */
    private static void walk(String id) {
        String request = "/requests/" + id;
        Caller recorder = server.as("recorder");
        server.as("approver").post(request + "/decision", Sample.approval("2024-10-01"));
        recorder.post(request + "/match", Sample.match("2024-10-02", 1, 0));
        recorder.post(request + "/disclosure", Sample.disclosure("2024-10-03", 1, 1, "\"SCHOOL\""));
        recorder.post(request + "/destruction", Sample.destruction("2024-10-04"));
        Reply closed = recorder.post(request + "/closure", Sample.on("2024-10-05"));
        assertThat(closed.status()).as("%s", closed).isEqualTo(200);
    }

    private static void moved(String id, String was, String now) {
        Reply corrected = server.as("officer")
                .post(
                        "/requests/" + id + "/corrections",
                        Sample.correction("received", "\"" + was + "\"", "\"" + now + "\""));
        assertThat(corrected.status()).as("%s", corrected).isEqualTo(200);
    }

    private static long size() {
        server.context().getBean(LedgerNode.class).waiting().awaitAllProjected(Duration.ofSeconds(20));
        return Long.parseLong(auditor.get("/log/checkpoint").text().split("\n", -1)[1]);
    }

    /** Which entries everybody may read now; whatever it is, they are the auditor's. */
    private static void look(NavigableSet<Long> open) {
        for (long index = 0; index <= size(); index++) {
            Reply reply = everybody.get("/log/entries/" + index);
            Reply head = everybody.send("HEAD", "/log/entries/" + index, BodyPublishers.noBody());
            assertThat(head.status()).isEqualTo(reply.status());
            if (reply.status() == 200) {
                assertThat(reply.bytes())
                        .isEqualTo(auditor.get("/log/entries/" + index).bytes());
                open.add(index);
            } else {
                assertThat(reply.problem()).isEqualTo("401 unauthenticated");
            }
        }
    }

    private static void name(List<String> requests) {
        List<String> names =
                List.of("whole", "later", "moved", "movedAndDestroyed", "movedBack", "unseen", "tooLate", "newest");
        for (long index = 0; index < size(); index++) {
            Reply entry = auditor.get("/log/entries/" + index);
            int request = requests.indexOf(entry.at("/aggregateId"));
            ENTRIES.put(
                    index,
                    entry.at("/type").replace("matching-request.", "")
                            + " "
                            + (request < 0 ? entry.at("/aggregateId") : names.get(request)));
        }
    }

    private static List<String> named(NavigableSet<Long> positions, String part) {
        return positions.stream()
                .map(ENTRIES::get)
                .filter(name -> name.contains(part))
                .toList();
    }

    @Test
    void nothingIsOpenBeforeARelease() {
        assertThat(OPEN_BEFORE).isEmpty();
    }

    @Test
    void theEntriesOfAReleasedQuarterAreOpenAndThoseOfOthersAreNot() {
        assertThat(named(OPEN_AFTER_THE_RELEASE, " whole"))
                .containsExactly(
                        "received whole",
                        "decided whole",
                        "matched whole",
                        "disclosed whole",
                        "destroyed whole",
                        "closed whole");
        assertThat(named(OPEN_AFTER_THE_RELEASE, " later")).isEmpty();
    }

    @Test
    void aCorrectionIsOpenWhenBothItsMonthsAreReleased() {
        assertThat(named(OPEN_AFTER_THE_RELEASE, " moved"))
                .contains("received moved")
                .doesNotContain("corrected moved");
        assertThat(named(OPEN_AFTER_THE_RELEASE, " movedAndDestroyed"))
                .as("a destruction is about the month that its request was counted in")
                .containsExactly("received movedAndDestroyed");
        assertThat(named(OPEN_AFTER_THE_RELEASE, " movedBack"))
                .as("what was counted in another quarter stays closed")
                .isEmpty();
    }

    @Test
    void whatIsNewerThanTheFiguresIsNotOpen() {
        assertThat(named(OPEN_AFTER_THE_RELEASE, " unseen")).containsExactly("received unseen");
        assertThat(named(OPEN_AFTER_THE_RELEASE, " tooLate")).isEmpty();
        assertThat(named(OPEN_AFTER_THE_RELEASE, " newest")).isEmpty();
        assertThat(named(OPEN_AFTER_THE_REVISION, " tooLate")).containsExactly("received tooLate");
        assertThat(named(OPEN_AFTER_THE_REVISION, " newest")).containsExactly("received newest");
        assertThat(named(OPEN_AFTER_THE_REVISION, " later")).isEmpty();
    }

    @Test
    void whatIsNotAboutARequestIsOpenWithTheNextRelease() {
        assertThat(named(OPEN_AFTER_THE_RELEASE, "ledger.")).hasSize(2);
        assertThat(named(OPEN_AFTER_THE_RELEASE, "organisation.")).hasSize(8);
        assertThat(named(OPEN_AFTER_THE_RELEASE, "edition."))
                .containsExactly(
                        "edition.scheduled edition-2024-Q3",
                        "edition.scheduled edition-2024-Q2",
                        "edition.previewed edition-2024-Q2",
                        "edition.previewed edition-2024-Q2",
                        "edition.released edition-2024-Q2");
        assertThat(named(OPEN_AFTER_THE_REVISION, "edition."))
                .as("all but what is still before a second person")
                .containsExactly(
                        "edition.scheduled edition-2024-Q3",
                        "edition.scheduled edition-2024-Q2",
                        "edition.previewed edition-2024-Q2",
                        "edition.previewed edition-2024-Q2",
                        "edition.released edition-2024-Q2",
                        "edition.revision-previewed edition-2024-Q2",
                        "edition.revised edition-2024-Q2");
    }

    @Test
    void aBundleIsOpenWhenAllItsEntriesAre() {
        int open = 0;
        while (OPEN_AFTER_THE_REVISION.contains((long) open)) {
            open++;
        }
        assertThat(open).isGreaterThan(15);
        List<Integer> widths = new ArrayList<>(List.of(1, open));
        for (int width : widths) {
            Reply bundle = everybody.get("/log/tile/entries/000.p/" + width);
            assertThat(bundle.status()).isEqualTo(200);
            assertThat(bundle.bytes())
                    .isEqualTo(auditor.get("/log/tile/entries/000.p/" + width).bytes());
            assertThat(everybody
                            .send("HEAD", "/log/tile/entries/000.p/" + width, BodyPublishers.noBody())
                            .status())
                    .isEqualTo(200);
        }
        assertThat(auditor.get("/log/tile/entries/000.p/" + (open + 1)).status())
                .isEqualTo(200);
        assertThat(everybody.get("/log/tile/entries/000.p/" + (open + 1)).problem())
                .isEqualTo("401 unauthenticated");
        assertThat(everybody.get("/log/tile/entries/000.p/" + ENTRIES.size()).problem())
                .isEqualTo("401 unauthenticated");
    }

    @Test
    void anythingElseIsNoEntry() {
        for (String path : List.of(
                "/log/entries/00",
                "/log/entries/0/",
                "/log/entries/%30",
                "/log/entries/-1",
                "/log/entries/",
                "/log/entries/999999999999999999",
                "/log/entries/9999999999999999999",
                "/log/tile/entries/000",
                "/log/tile/entries/000.p/0",
                "/log/tile/entries/000.p/01",
                "/log/tile/entries/%30%30%30.p/1",
                "/log/tile/entries/001.p/1",
                // 2^56 bundles on, where positions begin again in 64 bits
                "/log/tile/entries/x072/x057/x594/x037/x927/936.p/1",
                "/log/tile/entries/")) {
            assertThat(everybody.get(path).problem()).as(path).isEqualTo("401 unauthenticated");
        }
        assertThat(everybody.post("/log/entries/0", "{}").problem()).isEqualTo("401 unauthenticated");
        assertThat(everybody.get("/log/entries/0?width=1").problem())
                .isEqualTo("400 invalid-request | unknown-parameter");
    }

    @Test
    void whoeverIsSignedInMayReadWhatEverybodyMay() {
        long closed = ENTRIES.keySet().stream()
                .filter(position -> !OPEN_AFTER_THE_REVISION.contains(position))
                .findFirst()
                .orElseThrow();

        assertThat(server.as("recorder").get("/log/entries/0").status()).isEqualTo(200);
        assertThat(server.as("recorder").get("/log/entries/" + closed).problem())
                .isEqualTo("403 forbidden");
        assertThat(auditor.get("/log/entries/" + closed).status()).isEqualTo(200);
        assertThat(server.as("recorder", "wrong").get("/log/entries/0").problem())
                .isEqualTo("401 unauthenticated");
    }
}
