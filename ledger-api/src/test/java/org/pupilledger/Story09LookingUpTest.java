package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.live;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests in the order in which they were recorded, page by page, as far as they are asked for. */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story09LookingUpTest {
    private static final int COUNT = 7;
    private static final String ORGANISATION = "T_LISTED";

    private final TestServer server;
    private final Caller recorder;
    private final List<String> ids = new ArrayList<>();

    Story09LookingUpTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    @BeforeAll
    void record() {
        server.newOrganisation(ORGANISATION);
        for (int i = 1; i <= COUNT; i++) {
            Reply request = recorder.post("/requests", live(ORGANISATION, "2024-07-0" + i, i));
            ids.add(request.id());
            recorder.read(request);
        }
        recorder.read(
                server.as("approver").post("/requests/" + ids.getFirst() + "/decision", Sample.approval("2024-07-01")));
    }

    private Stream<String> list(String query) {
        return recorder.get("/requests?organisation=" + ORGANISATION + query)
                .json()
                .get("items")
                .valueStream()
                .map(item -> item.get("id").stringValue());
    }

    @Test
    void comesInTheOrderOfRecording() {
        Reply reply = recorder.get("/requests?organisation=" + ORGANISATION);

        assertThat(list("")).containsExactlyElementsOf(ids);
        assertThat(reply.json().propertyNames()).containsExactlyInAnyOrder("items", "next");
        assertThat(reply.at("/next")).isEqualTo("null");
        assertThat(reply.at("/items/0"))
                .isEqualTo(recorder.get("/requests/" + ids.getFirst()).text());
    }

    @Test
    void comesPageByPage() {
        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            Reply page = recorder.get("/requests?organisation=" + ORGANISATION + "&limit=3" + after);
            page.json().get("items").forEach(item -> seen.add(item.get("id").stringValue()));
            after = page.at("/next").equals("null") ? "" : "&after=" + page.at("/next");
            pages++;
        } while (!after.isEmpty());

        assertThat(seen).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aPageThatIsJustFullIsTheLast() {
        assertThat(recorder.get("/requests?organisation=" + ORGANISATION + "&limit=" + COUNT)
                        .at("/next"))
                .isEqualTo("null");
        assertThat(recorder.get("/requests?organisation=" + ORGANISATION + "&limit=" + (COUNT - 1))
                        .at("/next"))
                .isNotEqualTo("null");
    }

    @Test
    void isFiltered() {
        assertThat(list("&received=2024-07")).hasSize(COUNT);
        assertThat(list("&received=2024-07-03")).containsExactly(ids.get(2));
        assertThat(list("&received=2024-08")).isEmpty();
        assertThat(list("&status=APPROVED")).containsExactly(ids.getFirst());
        assertThat(list("&status=RECEIVED")).hasSize(COUNT - 1);
        assertThat(list("&status=RECEIVED&received=2024-07-01")).isEmpty();
        assertThat(list("&period=2024-Q3")).hasSize(COUNT);
        assertThat(list("&period=2024-01/2024-06")).isEmpty();
        assertThat(list("&purpose=BENEFIT_FRAUD&gateway=DWP-FUNC")).hasSize(COUNT);
        assertThat(list("&purpose=MISSING_CHILD")).isEmpty();
        assertThat(list("&gateway=OTHER")).isEmpty();
        assertThat(list("&olderThan=0")).hasSize(COUNT);
        assertThat(list("&olderThan=36525")).isEmpty();
        assertThat(list("&awaiting=match")).containsExactly(ids.getFirst());
        assertThat(list("&awaiting=decision")).hasSize(COUNT - 1);
        assertThat(list("&awaiting=disclosure")).isEmpty();
        assertThat(list("&awaiting=destruction")).isEmpty();
        String reference = recorder.get("/requests/" + ids.get(4)).at("/references/0");
        assertThat(list("&reference=" + reference)).containsExactly(ids.get(4));
        assertThat(list("&reference=NOBODYS-1")).isEmpty();
    }

    @Test
    void isAskedForProperly() {
        for (String bad : List.of("limit=0", "limit=501", "limit=-1", "limit=x", "limit=", "limit=1e1")) {
            assertThat(recorder.get("/requests?" + bad).problem())
                    .as(bad)
                    .isEqualTo("400 invalid-request | limit out-of-range");
        }
        for (String bad :
                List.of("after=x", "after=%00", "after=!!", "after=LTE1", "after=MTIzNDU2Nzg5MDEyMzQ1Njc4OTA5OTk5")) {
            assertThat(recorder.get("/requests?" + bad).problem())
                    .as(bad)
                    .isEqualTo("400 invalid-request | after malformed");
        }
        assertThat(recorder.get("/requests?organisation=NOBODY").problem())
                .isEqualTo("400 invalid-request | organisation unknown-code");
        assertThat(recorder.get("/requests?status=GONE").problem())
                .isEqualTo("400 invalid-request | status unknown-code");
        assertThat(recorder.get("/requests?received=2024-13").problem())
                .isEqualTo("400 invalid-request | received malformed");
        for (String list : List.of("purpose", "gateway", "awaiting")) {
            assertThat(recorder.get("/requests?" + list + "=GONE").problem())
                    .isEqualTo("400 invalid-request | " + list + " unknown-code");
        }
        for (String bad : List.of("2024-13", "2024-07-01", "1969", "2024-07/2024-06", "Q1")) {
            assertThat(recorder.get("/requests?period=" + bad).problem())
                    .as(bad)
                    .isEqualTo("400 invalid-request | period malformed");
        }
        for (String bad : List.of("-1", "x", "36526", "1.5", "")) {
            assertThat(recorder.get("/requests?olderThan=" + bad).problem())
                    .as(bad)
                    .isEqualTo("400 invalid-request | olderThan out-of-range");
        }
        assertThat(recorder.get("/requests?recieved=2024-07").problem())
                .isEqualTo("400 invalid-request | unknown-parameter");
        assertThat(recorder.get("/requests?limit=1&limit=2").problem())
                .isEqualTo("400 invalid-request | limit repeated");
        assertThat(recorder.get("/organisations?after=%F0%9F%98%80").problem())
                .isEqualTo("400 invalid-request | after malformed");
    }

    @Test
    void isOpenToEveryRole() {
        for (String user : List.of("recorder", "approver", "publisher", "auditor", "admin")) {
            assertThat(server.as(user).get("/requests/" + ids.getFirst()).status())
                    .as(user)
                    .isEqualTo(200);
        }
    }
}
