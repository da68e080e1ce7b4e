package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.correction;
import static org.pupilledger.Sample.live;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pupilledger.editions.PublishedQuarter;
import org.pupilledger.node.LedgerNode;

/** Everybody sees the figures that are released, as they were frozen, and nothing of any others. */
class Story23ReleasedFiguresTest {
    private static final List<String> QUERIES = List.of(
            "",
            "by=month",
            "by=quarter",
            "by=year",
            "by=total",
            "complete=true",
            "by=quarter&complete=true&from=2024-01&to=2024-12",
            "by=quarter&complete=true&from=2024-01&to=2024-12&organisation=DWP",
            "by=year&from=2024-01",
            "by=year&to=2024-12",
            "organisation=DWP",
            "organisation=NOBODY",
            "organisation=dwp",
            "category=OTHER_GOVERNMENT",
            "category=OTHER",
            "category=NONE",
            "atPosition=0",
            "atPosition=12",
            "atPosition=999999",
            "atPosition=x",
            "asAt=9999-12-31",
            "asAt=2000-01-01",
            "asAt=2024-07-01T00:00:00Z",
            "asAt=yesterday",
            "asAt=2024-07-01&atPosition=1",
            "from=1970-01",
            "from=1970-01&complete=true",
            "to=2024-06",
            "from=2024-07&to=2024-06",
            "from=2024-02&by=quarter",
            "waitFor=DWP:0",
            "unknown=1");

    @Test
    void fromNothingToARevision() {
        try (TestServer server = TestServer.start()) {
            Caller everybody = server.anonymous();
            Caller auditor = server.as("auditor");
            LedgerNode node = server.context().getBean(LedgerNode.class);
            PublishedQuarter second = new PublishedQuarter(node, "2024-Q2");
            Map<String, String> ofAnEmptyLedger = answers(everybody);

            Reply first = server.as("recorder").post("/requests", live("DWP", "2024-05", 10));
            server.as("recorder").post("/requests", live("MOJ", "2024-06", 20));
            Reply later = server.as("recorder").post("/requests", live("HMRC", "2024-07", 30));
            second.schedule();
            long counted = second.preview();
            assertThat(answers(everybody)).as("before the release").isEqualTo(ofAnEmptyLedger);
            long publicSize = size(everybody);

            second.release();

            assertThat(size(everybody)).as("at once").isEqualTo(size(auditor)).isGreaterThan(publicSize);
            Reply shown = everybody.get("/figures");
            Reply frozen = auditor.get("/figures?to=2024-06&atPosition=" + counted);
            assertThat(shown.json().get("rows"))
                    .isEqualTo(frozen.json().get("rows"))
                    .hasSize(2);
            assertThat(shown.at("/from")).isEqualTo("2024-05");
            assertThat(shown.at("/to")).isEqualTo("2024-06");
            assertThat(shown.at("/position")).isEqualTo("null");
            assertThat(shown.at("/asAt")).isEqualTo("null");
            assertThat(everybody.get("/figures", "Accept", "text/csv").bytes())
                    .isEqualTo(auditor.get("/figures?to=2024-06&atPosition=" + counted, "Accept", "text/csv")
                            .bytes());

            server.as("approver")
                    .post("/requests/" + first.id() + "/corrections", correction("submitted.individuals", "10", "11"));
            server.as("recorder").read(server.as("recorder").post("/requests", live("DWP", "2024-04", 40)));
            assertThat(everybody.get("/figures").json())
                    .as("live figures changed")
                    .isEqualTo(shown.json());
            assertThat(everybody.get("/figures?organisation=HMRC&complete=true").json())
                    .as("that there is an organisation is not told")
                    .isEqualTo(everybody
                            .get("/figures?organisation=NOBODY&complete=true")
                            .json());
            assertThat(everybody.get("/figures?from=2024-07").json().get("rows"))
                    .isEmpty();
            assertThat(everybody.get("/figures?by=year").at("/rows/0/individuals/submitted"))
                    .as("of the year what is released")
                    .isEqualTo("10");
            assertThat(everybody.get("/figures?asAt=2000-01-01").at("/asAt")).isEqualTo("2000-01-01");
            assertThat(everybody.get("/figures?asAt=2000-01-01").json().get("rows"))
                    .isEmpty();

            second.previewRevision();
            assertThat(everybody.get("/figures").json()).isEqualTo(shown.json());
            second.release();
            assertThat(everybody.get("/figures?by=quarter&organisation=DWP").at("/rows/0/individuals/submitted"))
                    .isEqualTo("51");
            assertThat(everybody
                            .get("/figures?atPosition=" + (counted + 2))
                            .json()
                            .get("rows"))
                    .isEqualTo(shown.json().get("rows"));
            assertThat(everybody.get("/log/entries/0").problem())
                    .as("entries stay closed by default")
                    .isEqualTo("401 unauthenticated");
            assertThat(later.status()).isEqualTo(201);

            PublishedQuarter third = new PublishedQuarter(node, "2024-Q3");
            third.schedule();
            third.previewWithoutFigures();
            third.release();
            Reply missing = everybody.get("/figures");
            assertThat(missing.problem()).as("no others take their place").isEqualTo("500 internal-error");
            assertThat(missing.text()).doesNotContain("DWP", "HMRC", "rows");
            assertThat(auditor.get("/figures").status()).isEqualTo(200);
        }
    }

    /** Status, headers and body of everything that is asked for, but for the date and the id of a problem. */
    private static Map<String, String> answers(Caller caller) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String query : QUERIES) {
            for (String accept : List.of("application/json", "text/csv")) {
                Reply reply = caller.get("/figures?" + query, "Accept", accept);
                Reply head = caller.send("HEAD", "/figures?" + query, BodyPublishers.noBody(), "Accept", accept);
                List<String> headers = new ArrayList<>();
                for (Reply each : List.of(reply, head)) {
                    each.headers().forEach((name, values) -> {
                        if (!name.equals("date")) {
                            headers.add(name + ": " + values);
                        }
                    });
                }
                headers.sort(null);
                answers.put(
                        accept + " " + query,
                        reply.status() + " " + head.status() + " " + headers + " "
                                + reply.text().replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:"));
            }
        }
        return answers;
    }

    private static long size(Caller caller) {
        return Long.parseLong(caller.get("/log/checkpoint").text().split("\n", -1)[1]);
    }
}
