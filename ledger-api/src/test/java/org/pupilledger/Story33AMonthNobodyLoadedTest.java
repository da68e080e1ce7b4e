package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.values.BusinessDate;

/** "None happened" and "nothing was loaded" differ: two persons say of which months the record is complete. */
@ExtendWith(SharedServer.class)
class Story33AMonthNobodyLoadedTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;
    private final Caller publisher;

    Story33AMonthNobodyLoadedTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
        this.publisher = server.as("publisher");
    }

    private static String months(String organisation, String from, @Nullable String to) {
        return "{\"organisation\": \"%s\", \"from\": \"%s\", \"to\": %s, \"source\": \"FOI_ANSWER\"}"
                .formatted(organisation, from, to == null ? null : "\"" + to + "\"");
    }

    private String declared(String organisation, String from, @Nullable String to) {
        Reply proposed = publisher.post("/coverage", months(organisation, from, to));
        assertThat(proposed.status()).as("%s", proposed).isEqualTo(201);
        Reply declared = approver.post("/coverage/" + proposed.id() + "/confirmation", "{}");
        assertThat(declared.at("/standing")).as("%s", declared).isEqualTo("DECLARED");
        sealed(declared);
        return proposed.id();
    }

    private Reply sealed(Reply change) {
        String newest = "?waitFor=" + change.id() + ":" + change.sequence();
        assertThat(recorder.get("/figures" + newest).status()).isEqualTo(200);
        return recorder.get("/coverage/" + change.id() + newest);
    }

    private void request(String organisation, String received) {
        recorder.read(recorder.post("/requests", Sample.historic(organisation, received, "12", "")));
    }

    /** {@code period coverage received submitted summary} */
    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        recorder.get("/figures?complete=true&" + query)
                .json()
                .get("rows")
                .forEach(row -> rows.add(String.join(
                        " ",
                        row.get("period").asString(),
                        row.get("coverage").asString(),
                        row.at("/requests/received").toString(),
                        row.at("/individuals/submitted").toString(),
                        row.get("summary").asString())));
        return rows;
    }

    @Test
    void aMonthOutsideCoverageIsNotRecordedAndInsideItNoneIsZero() {
        String organisation = server.newOrganisation("T_COVERED");
        String of = "organisation=" + organisation;
        request(organisation, "2018-04");
        request(organisation, "2017-12");
        assertThat(rows(of + "&from=2018-03&to=2018-04"))
                .as("nobody has said anything")
                .containsExactly(
                        "2018-03 NOT_DECLARED null null not recorded",
                        "2018-04 NOT_DECLARED 1 12 12 submitted, outcome not stated");

        declared(organisation, "2018-04", "2018-06");

        assertThat(rows(of + "&from=2018-03&to=2018-07"))
                .containsExactly(
                        "2018-03 NONE null null not recorded",
                        "2018-04 COMPLETE 1 12 12 submitted, outcome not stated",
                        "2018-05 COMPLETE 0 0 no requests",
                        "2018-06 COMPLETE 0 0 no requests",
                        "2018-07 NONE null null not recorded");
        assertThat(rows(of + "&by=quarter&from=2018-01&to=2018-06"))
                .containsExactly(
                        "2018-Q1 NONE null null not recorded",
                        "2018-Q2 COMPLETE 1 12 12 submitted, outcome not stated");
        assertThat(rows(of + "&by=year&from=2017-01&to=2018-12"))
                .containsExactly("2017 NONE null null not recorded", "2018 PART null null recorded in part");
        assertThat(recorder.get("/figures?by=year&from=2017-01&to=2017-12&" + of)
                        .at("/rows/0/notStated/submitted"))
                .as("what is there all the same")
                .isEqualTo("{\"requests\":0,\"knownPart\":12}");
    }

    /** A published series tells people month by month, and no requests. */
    @Test
    void aMonthOfWhichThereIsATotalIsRecorded() {
        String organisation = server.newOrganisation("T_SERIES");
        declared(organisation, "2017-02", "2017-03");
        Reply total = recorder.post("/period-totals", """
                {"organisation": "%s", "from": "2017-01", "to": "2017-01", "source": "FOI_ANSWER",
                 "reference": "2018-0012345", "individuals": {"submitted": 216, "matched": 80}}""".formatted(organisation));
        recorder.read(total);

        assertThat(rows("organisation=" + organisation + "&from=2016-12&to=2017-02"))
                .containsExactly(
                        "2016-12 NONE null null not recorded",
                        "2017-01 COMPLETE null 216 216 submitted, 80 matched, returned not stated",
                        "2017-02 COMPLETE 0 0 no requests");
        assertThat(rows("organisation=" + organisation + "&from=2017-01&to=2017-03&by=quarter"))
                .containsExactly("2017-Q1 COMPLETE null 216 216 submitted, 80 matched, returned not stated");
    }

    @Test
    void whatIsToComeIsNotCoveredByARecordThatGoesOn() {
        String organisation = server.newOrganisation("T_TO_COME");
        declared(organisation, "2018-04", null);
        int year = LocalDate.now(BusinessDate.ZONE).getYear() + 2;

        String ahead = "organisation=%s&from=%d-01&to=%d-12&by=year".formatted(organisation, year, year);
        assertThat(rows(ahead)).isEmpty();
        assertThat(rows("organisation=%s&from=2018-04&to=%d-12&by=total".formatted(organisation, year)))
                .containsExactly("2018-04/" + year + "-12 PART null null recorded in part");
    }

    @Test
    void whoProposedItDoesNotConfirmItAndWhatIsWithdrawnIsNotRecordedAgain() {
        String organisation = server.newOrganisation("T_WITHDRAWN");
        Reply proposed = publisher.post("/coverage", months(organisation, "2018-04", "2018-04"));
        String of = "/coverage/" + proposed.id();
        assertThat(publisher.post(of + "/confirmation", "{}").problem()).isEqualTo("422 rule-broken | same-officer");
        assertThat(recorder.post(of + "/confirmation", "{}").status()).isEqualTo(403);
        sealed(approver.post(of + "/confirmation", "{}"));
        String april = "organisation=" + organisation + "&from=2018-04&to=2018-04";
        assertThat(rows(april)).containsExactly("2018-04 COMPLETE 0 0 no requests");

        sealed(publisher.post(of + "/withdrawal", "{\"cause\": \"LATE_INFORMATION\"}"));
        assertThat(rows(april)).as("before a second person").containsExactly("2018-04 COMPLETE 0 0 no requests");
        Reply withdrawn = sealed(approver.post(of + "/confirmation", "{}"));

        assertThat(withdrawn.at("/standing")).isEqualTo("WITHDRAWN");
        assertThat(rows(april)).containsExactly("2018-04 NOT_DECLARED null null not recorded");
        assertThat(recorder.get(of + "/timeline").at("/items/3/sentence"))
                .isEqualTo("The record of T_WITHDRAWN for Apr 2018 is no longer declared complete"
                        + " (information that came late).");
    }

    /** On a server of its own, since what it releases everybody sees. */
    @Test
    void anEditionTellsWhatIsNotRecordedFromNone() {
        try (TestServer own = TestServer.start()) {
            Story33AMonthNobodyLoadedTest there = new Story33AMonthNobodyLoadedTest(own);
            there.request("DWP", "2017-12");
            there.request("DWP", "2018-04");
            there.declared("DWP", "2018-01", "2018-06");
            String edition = "/editions/2018-Q2";
            there.publisher.post("/editions", "{\"quarter\": \"2018-Q2\", \"releaseOn\": \"2018-07-05\"}");
            there.publisher.post(edition + "/preview", "{}");
            Reply released = there.approver.post(edition + "/release", "{}");
            there.recorder.get(edition + "?waitFor=" + released.id() + ":" + released.sequence());

            assertThat(own.anonymous()
                            .get(edition + "/files/outcomes-by-return-level.csv")
                            .text()
                            .lines()
                            .skip(1))
                    .containsExactly(
                            "2017-Q4,Oct to Dec 2017,DWP,Department for Work and Pensions,NONE,,,,,,,,,,,,,,,not recorded,[x] not recorded",
                            "2018-Q1,Jan to Mar 2018,DWP,Department for Work and Pensions,COMPLETE,0,0,0,0,0,0,0,0,0,0,0,0,0,0,no requests,",
                            "2018-Q2,Apr to Jun 2018,DWP,Department for Work and Pensions,COMPLETE,,,,,,,,,1,,,,,,\"12 submitted, outcome not stated\","
                                    + "[x] requests answered; [x] requests led to data; [x] level nothing; [x] level match indicator;"
                                    + " [x] level record held; [x] level school; [x] level address; [x] level address and school;"
                                    + " [x] individuals returned record held; [x] individuals returned school; [x] individuals"
                                    + " returned address; [x] individuals returned address and school; [x] individuals returned level"
                                    + " not stated");
            assertThat(own.anonymous()
                            .get("/figures?by=quarter&complete=true&format=csv&from=2018-01&to=2018-03")
                            .text())
                    .contains("2018-Q1,Jan to Mar 2018,DWP,OTHER_GOVERNMENT,COMPLETE,0,");
        }
    }
}
