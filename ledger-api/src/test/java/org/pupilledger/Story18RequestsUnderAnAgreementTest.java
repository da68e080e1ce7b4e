package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Agreed.overridden;
import static org.pupilledger.Agreed.party;
import static org.pupilledger.Agreed.process;
import static org.pupilledger.Agreed.version;
import static org.pupilledger.Sample.approval;
import static org.pupilledger.Sample.correction;
import static org.pupilledger.Sample.disclosure;
import static org.pupilledger.Sample.match;
import static org.pupilledger.Sample.under;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an agreement allows, what is done although it does not, and how many people it may be in a month. */
@ExtendWith(SharedServer.class)
class Story18RequestsUnderAnAgreementTest {
    private static final String IN_FORCE = "DS18001";
    private static final String SUSPENDED = "DS18002";

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story18RequestsUnderAnAgreementTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    /** Told again before each test, which changes nothing. */
    @BeforeEach
    void agree() {
        recorder.post("/agreements", process(IN_FORCE, version("1.0", "2024-01", "null", party("DWP"))));
        recorder.post("/agreements", process(SUSPENDED, version("1.0", "2024-01", "null", party("DWP"))));
        assertThat(recorder.post("/agreements/" + SUSPENDED + "/suspension", Sample.on("2024-05-02"))
                        .status())
                .isEqualTo(200);
    }

    private String requested(String agreement) {
        Reply reply = recorder.post("/requests", under(agreement, "DWP", "2024-05-01", 10));
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        assertThat(reply.at("/agreement")).isEqualTo(agreement);
        return "/requests/" + reply.id();
    }

    @Test
    void whoIsNotInTheAgreementOrSubmitsMoreThanItPermitsIsRefused() {
        assertThat(recorder.post("/requests", under("DS18999", "DWP", "2024-05-01", 10))
                        .problem())
                .isEqualTo("422 rule-broken | /agreement unknown-code");
        assertThat(recorder.post("/requests", under(IN_FORCE, "HMRC", "2024-05-01", 10))
                        .problem())
                .isEqualTo("422 rule-broken | /agreement not-a-party");
        assertThat(recorder.post(
                                "/requests",
                                under(IN_FORCE, "DWP", "2024-05-01", 10)
                                        .replace("\"DATE_OF_BIRTH\"", "\"NATIONALITY\""))
                        .problem())
                .isEqualTo("422 rule-broken | /submitted/items items-not-permitted");
        server.as("admin")
                .put(
                        "/organisations/T_BELOW_DWP",
                        "{\"name\": \"Test below\", \"category\": \"OTHER_GOVERNMENT\", \"parent\": \"DWP\"}");
        assertThat(recorder.post("/requests", under(IN_FORCE, "T_BELOW_DWP", "2024-05-01", 10))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void noMoreIsReturnedThanTheAgreementPermits() {
        String request = requested(IN_FORCE);
        approver.post(request + "/decision", approval("2024-05-03"));
        recorder.post(request + "/match", match("2024-05-04", 2, 0));

        assertThat(recorder.post(request + "/disclosure", disclosure("2024-05-05", 2, 2, "\"ADDRESS\""))
                        .problem())
                .isEqualTo("422 rule-broken | /items items-not-permitted");
        assertThat(recorder.post(request + "/disclosure", disclosure("2024-05-05", 2, 2, "\"SCHOOL\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anApprovalUnderASuspendedAgreementNeedsAnOverrideWhichStandsBesideIt() {
        String request = requested(SUSPENDED);

        assertThat(approver.post(request + "/decision", approval("2024-05-03")).problem())
                .isEqualTo("422 rule-broken | /on agreement-not-in-force");
        assertThat(approver.post(request + "/decision", overridden("2024-05-01"))
                        .problem())
                .isEqualTo("422 rule-broken | /override override-not-needed");
        assertThat(approver.post(
                                request + "/decision",
                                overridden("2024-05-03").replace("DATA_SHARING_BOARD", "SOMEBODY"))
                        .problem())
                .isEqualTo("422 rule-broken | /override/authoriser unknown-code");
        Reply approved = approver.post(request + "/decision", overridden("2024-05-03"));

        assertThat(approved.status()).as("%s", approved).isEqualTo(200);
        assertThat(approved.sequence()).isEqualTo(2);
        assertThat(approved.json().at("/decision/override"))
                .isEqualTo(Reply.parse("{\"authoriser\": \"DATA_SHARING_BOARD\", \"authority\": \"DSAP-2024-0117\"}"));
        assertThat(approver.post(request + "/decision", overridden("2024-05-03"))
                        .sequence())
                .isEqualTo(2);
        assertThat(approver.post(request + "/decision", approval("2024-05-03")).problem())
                .isEqualTo("409 conflict");
        recorder.post(request + "/match", match("2024-05-04", 2, 0));
        assertThat(recorder.post(request + "/disclosure", disclosure("2024-05-05", 2, 2, "\"SCHOOL\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAgreementRecordedWronglyIsCorrected() {
        String request = requested(SUSPENDED);
        approver.post(request + "/decision", overridden("2024-05-03"));
        Reply corrected = approver.post(
                request + "/corrections", correction("agreement", "\"" + SUSPENDED + "\"", "\"" + IN_FORCE + "\""));

        assertThat(corrected.at("/agreement")).isEqualTo(IN_FORCE);
        recorder.read(corrected);
        String found =
                recorder.get("/requests?agreement=" + IN_FORCE + "&limit=500").text();
        assertThat(found).contains(corrected.id());
        assertThat(recorder.get("/requests?agreement=" + SUSPENDED + "&limit=500")
                        .text())
                .doesNotContain(corrected.id());
        assertThat(recorder.get("/requests?agreement=DS18999").problem())
                .isEqualTo("400 invalid-request | agreement unknown-code");
        assertThat(approver.post(
                                request + "/corrections",
                                correction("agreement", "\"" + IN_FORCE + "\"", "\"DS18999\""))
                        .problem())
                .isEqualTo("422 rule-broken | /changes/0/now unknown-code");
    }

    @Test
    void morePeopleThanTheCeilingRaiseAFlagAndBlockNothing() {
        recorder.post("/agreements", process("DS18003", version("1.0", "2024-01", "15", party("DWP"))));
        Reply first = recorder.read(recorder.post("/requests", under("DS18003", "DWP", "2024-05-01", 10)));
        assertThat(first.at("/flags")).isEqualTo("[]");

        Reply second = recorder.read(recorder.post("/requests", under("DS18003", "DWP", "2024-05", 6)));

        assertThat(second.at("/flags")).isEqualTo("[\"ceiling-exceeded\"]");
        assertThat(recorder.get("/agreements/DS18003").json().get("months")).isEqualTo(Reply.parse("""
                        [{"month": "2024-05", "ceiling": 15, "individuals": 16, "notStated": 0, "exceeded": true}]
                        """));
        assertThat(recorder.get("/agreements/ceiling-breaches")
                        .json()
                        .get("items")
                        .valueStream())
                .contains(Reply.parse("""
                        {"agreement": "DS18003", "month": "2024-05", "ceiling": 15, "individuals": 16, "notStated": 0}
                        """));

        Reply annulled = recorder.read(approver.post("/requests/" + second.id() + "/annulment", Sample.annulment()));

        assertThat(annulled.at("/flags")).isEqualTo("[]");
        assertThat(recorder.get("/requests/" + first.id()).at("/flags")).isEqualTo("[]");
        assertThat(recorder.get("/agreements/ceiling-breaches").text()).doesNotContain("DS18003");
    }
}
