package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Agreed.end;
import static org.pupilledger.Agreed.notice;
import static org.pupilledger.Agreed.party;
import static org.pupilledger.Agreed.process;
import static org.pupilledger.Agreed.umbrella;
import static org.pupilledger.Agreed.under;
import static org.pupilledger.Agreed.version;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agreements from their first version to their end, counted on any day, beside what published lists say. */
@ExtendWith(SharedServer.class)
class Story17AgreementsTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story17AgreementsTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    private Reply read(Reply change) {
        return recorder.get(
                "/agreements/" + change.at("/reference") + "?waitFor=" + change.id() + ":" + change.sequence());
    }

    private Reply change(String path, String body) {
        Reply reply = recorder.post("/agreements/" + path, body);
        assertThat(reply.status()).as("%s %s", path, reply).isEqualTo(200);
        return reply;
    }

    private Reply registered(String body) {
        Reply reply = recorder.post("/agreements", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply;
    }

    @Test
    void isRegisteredAmendedSuspendedResumedAndEnded() {
        String organisation = server.newOrganisation("T_LIFE");
        Reply registered = registered(process("DS17001", version("1.0", "2015-07", "1500", party(organisation))));

        assertThat(registered.header("location")).isEqualTo("/api/v1/agreements/DS17001");
        assertThat(registered.header("etag")).isEqualTo("\"0\"");
        assertThat(registered.json()).isEqualTo(Reply.parse("""
                {"id": "agreement-DS17001", "reference": "DS17001", "share": "DS17001", "level": "PROCESS", "umbrella": null,
                 "versions": [{"number": "1.0", "from": "2015-07", "parties": [{"organisation": "T_LIFE", "role": "PARTY"}],
                   "lawfulBasis": "PUBLIC_TASK", "gateway": "DPA18-S2P4",
                   "route": {"access": "DIRECT_TRANSFER", "reason": "OPERATIONAL_MATCHING"}, "dpia": null,
                   "itemsIn": ["NAME", "DATE_OF_BIRTH"], "itemsOut": ["MATCH_INDICATOR", "SCHOOL"], "monthlyCeiling": 1500,
                   "status": "IN_FORCE", "signed": null, "expiry": null, "review": null, "title": null,
                   "permittedUse": null, "licence": null, "approval": null, "source": null}],
                 "suspensions": [], "end": null, "notices": [], "annulment": null,
                 "standing": "IN_FORCE", "standingOn": "%s", "reason": "In force, version 1.0 from 2015-07.",
                 "months": null, "sequence": 0, "position": null}
                """.formatted(registered.at("/standingOn"))));
        change("DS17001/amendments", version("2.1", "2016-10", "2000", party(organisation)));
        Reply suspended = approver.post(
                "/agreements/DS17001/suspension",
                "{\"on\": \"2018-04\", \"reason\": \"POLICY_CHANGE\"}",
                "If-Match",
                "\"1\"");
        assertThat(suspended.status()).isEqualTo(200);
        assertThat(suspended.at("/standing")).isEqualTo("SUSPENDED");
        assertThat(active(organisation, "2018-03-31")).isEqualTo("DS17001");
        change("DS17001/resumption", "{\"on\": \"2019-01-07\"}");
        Reply ended = change("DS17001/end", end("2023-03-31", "DESTRUCTION_CONFIRMED"));
        Reply read = read(ended);

        assertThat(read.version()).isEqualTo("4");
        assertThat(read.at("/standing")).isEqualTo("ENDED");
        assertThat(read.at("/reason")).isEqualTo("Ended on 2023-03-31.");
        assertThat(read.at("/months")).isEqualTo("[]");
        assertThat(read.json().get("suspensions")).isEqualTo(Reply.parse("""
                        [{"on": "2018-04", "reason": "POLICY_CHANGE", "authority": null,
                          "resumption": {"on": "2019-01-07", "authority": null}}]
                        """));
        assertThat(active(organisation, "2015-06-30")).isEmpty();
        assertThat(active(organisation, "2018-04-01")).isEmpty();
        assertThat(active(organisation, "2019-01-07")).isEqualTo("DS17001");
        assertThat(active(organisation, "2023-03-30")).isEqualTo("DS17001");
        assertThat(active(organisation, "2023-03-31")).isEmpty();
    }

    private String active(String organisation, String day) {
        Reply newest = recorder.get("/agreements?organisation=" + organisation + "&limit=1");
        assertThat(newest.status()).isEqualTo(200);
        Reply found = recorder.get("/agreements?level=PROCESS&organisation=" + organisation + "&activeOn=" + day
                + "&waitFor=agreement-DS17001:2");
        return found.json().get("items").isEmpty() ? "" : found.at("/items/0/reference");
    }

    @Test
    void toldAgainItIsTheSameAndDifferentlyItConflicts() {
        String body = process("DS17002", version("1.0", "2020-01", "null", party("DWP")));
        registered(body);

        assertThat(recorder.post("/agreements", body).status()).isEqualTo(200);
        assertThat(recorder.post("/agreements", process("DS17002", version("1.0", "2020-02", "null", party("DWP"))))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(recorder.post("/agreements", body, "If-Match", "\"0\"").problem())
                .isEqualTo("412 stale-version");
        Reply first = recorder.post(
                "/agreements/DS17002/suspension", Sample.on("2021-01"), "Idempotency-Key", "suspend DS17002");
        Reply again = recorder.post(
                "/agreements/DS17002/suspension", Sample.on("2021-01"), "Idempotency-Key", "suspend DS17002");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(recorder.post("/agreements/DS17002/suspension", Sample.on("2021-02"))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(recorder.post("/agreements/DS17002/end", end("2022-01", "NOT_STATED"), "If-Match", "\"0\"")
                        .problem())
                .isEqualTo("412 stale-version");
        assertThat(server.events("agreement-DS17002")).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() {
        assertThat(recorder.post("/agreements", "{}").problem())
                .isEqualTo("400 invalid-request | /reference required | /level required | /version required");
        assertThat(recorder.post(
                                "/agreements",
                                process("DS17003", version("1.0", "2020-01", "0", party("DWP", "FUNDER"))))
                        .problem())
                .isEqualTo("400 invalid-request | /version/parties required | /version/monthlyCeiling out-of-range");
        assertThat(recorder.post(
                                "/agreements",
                                under("DS17777", "DS17003", version("1.0", "2020-01", "1", party("NOBODY"))))
                        .problem())
                .isEqualTo("422 rule-broken | /umbrella unknown-code | /version/parties/0/organisation unknown-code");
        assertThat(recorder.post(
                                "/agreements",
                                process(
                                        "DS17003",
                                        version("1.0", "2020-01", "1", party("DWP"))
                                                .replace("\"OPERATIONAL_MATCHING\"", "null")))
                        .problem())
                .isEqualTo("400 invalid-request | /version/route/reason required");
        assertThat(recorder.post("/agreements/DS17003/end", "{\"on\": \"2020-01\", \"evidence\": []}")
                        .problem())
                .isEqualTo("400 invalid-request | /evidence required");
        assertThat(recorder.post("/agreements/DS17003/suspension", Sample.on("2020-01"))
                        .problem())
                .isEqualTo("404 not-found");
        assertThat(recorder.get("/agreements/DS17003").problem()).isEqualTo("404 not-found");
        assertThat(recorder.get("/agreements/nothing").problem()).isEqualTo("404 not-found");
        assertThat(recorder.get("/agreements?activeOn=2020-01").problem())
                .isEqualTo("400 invalid-request | activeOn malformed");
        assertThat(recorder.get("/agreements/counts?organisation=NOBODY").problem())
                .isEqualTo("400 invalid-request | organisation unknown-code");
        assertThat(recorder.post("/agreements/DS17003/listing", notice("2020-01", "a@example.org"))
                        .problem())
                .startsWith("422 personal-data | /source");
    }

    @Test
    void oneOfTwoPartiesCountsForBothAndOnceInAll() {
        String home = server.newOrganisation("T_TWO_ONE");
        String other = server.newOrganisation("T_TWO_OTHER");
        server.as("admin")
                .put(
                        "/organisations/T_TWO_BELOW",
                        "{\"name\": \"Test below\", \"category\": \"OTHER_GOVERNMENT\", \"parent\": \"T_TWO_ONE\"}");
        registered(process("DS00114", version("1.0", "2020-01", "null", party(home), party(other, "RECIPIENT"))));
        registered(process("DS17004", version("1.0", "2020-01", "null", party("T_TWO_BELOW"))));
        Reply ended = registered(process("DS17005", version("1.0", "2020-01", "null", party(home))));
        read(change("DS17005/end", end("2021-06-30", "NO_DATA_SHARED")));
        assertThat(ended.sequence()).isZero();

        Reply one = recorder.get("/agreements/counts?on=2022-01-01&organisation=" + home);

        assertThat(one.json()).isEqualTo(Reply.parse("""
                {"on": "2022-01-01", "asAt": null, "position": %s, "distinct": 2, "organisations": [
                  {"organisation": "T_TWO_ONE", "name": "Test T TWO ONE", "parent": null, "own": 1, "withBelow": 2, "shared": 1, "startNotStated": 0, "newest": null,
                   "agreements": [
                    {"reference": "DS00114", "level": "PROCESS", "roles": ["PARTY"], "via": null, "shared": true,
                     "start": "2020-01", "signed": null, "standing": "IN_FORCE", "counted": true, "reason": "In force, version 1.0 from 2020-01."},
                    {"reference": "DS17004", "level": "PROCESS", "roles": ["PARTY"], "via": "T_TWO_BELOW", "shared": false,
                     "start": "2020-01", "signed": null, "standing": "IN_FORCE", "counted": true, "reason": "In force, version 1.0 from 2020-01."},
                    {"reference": "DS17005", "level": "PROCESS", "roles": ["PARTY"], "via": null, "shared": false,
                     "start": "2020-01", "signed": null, "standing": "ENDED", "counted": false, "reason": "Ended on 2021-06-30."}]}]}
                """.formatted(one.at("/position"))));
        assertThat(recorder.get("/agreements/counts?on=2022-01-01&organisation=" + other)
                        .at("/organisations/0/agreements/0/roles"))
                .isEqualTo("[\"RECIPIENT\"]");
        assertThat(recorder.get("/agreements/counts?on=2021-06-29&organisation=" + home)
                        .at("/organisations/0/own"))
                .isEqualTo("2");
    }

    @Test
    void aProcessStandsOnlyUnderAnUmbrellaThatDoes() {
        registered(umbrella("DS17010", version("1.0", "2020-01", "null", party("DWP"))));
        registered(under("DS17010", "DS17011", version("1.0", "2020-01", "null", party("DWP"))));

        Reply suspended = change("DS17010/suspension", Sample.on("2022-01"));
        recorder.get("/agreements/DS17010?waitFor=" + suspended.id() + ":1");
        Reply read = recorder.get("/agreements/DS17011");

        assertThat(read.at("/standing")).isEqualTo("UMBRELLA_NOT_IN_FORCE");
        assertThat(read.at("/reason")).isEqualTo("Its umbrella DS17010 is not in force.");
    }

    @Test
    void whatAListShowsAsLiveAndIsNotIsFound() {
        for (String reference : new String[] {"R0039", "R0040"}) {
            registered(process(reference, version("1.0", "2012-04", "null", party("DWP"))));
            change(reference + "/end", end("2019-03-31", "NOT_STATED"));
            read(change(reference + "/listing", notice("2020-01", "shares-2020-01")));
        }
        assertThat(stale("2020-01-31")).contains("R0039").contains("R0040");
        assertThat(stale("2019-12-31")).doesNotContain("R0039");

        read(change("R0040/unlisting", notice("2020-04-02", "shares-2020-04")));

        assertThat(stale("2020-04-02")).contains("R0039").doesNotContain("R0040");
        Reply reply = recorder.get("/agreements/stale-listings?on=2020-04-02");
        assertThat(reply.json()
                        .get("items")
                        .valueStream()
                        .filter(item -> item.get("reference").stringValue().equals("R0039"))
                        .toList())
                .containsExactly(Reply.parse("""
                        {"reference": "R0039", "level": "PROCESS", "listedOn": "2020-01", "source": "shares-2020-01",
                         "standing": "ENDED", "reason": "Ended on 2019-03-31."}
                        """));
    }

    private String stale(String on) {
        return recorder.get("/agreements/stale-listings?on=" + on).text();
    }

    @Test
    void anUmbrellaAndItsProcessUnderOneReferenceAreOneShareAsTheRegisterHasIt() {
        String organisation = server.newOrganisation("T_SHARE");
        String commissioner = server.newOrganisation("T_COMMISSIONER");
        String historic = """
                {"number": "1.0", "from": null, "parties": [%s, %s], "gateway": null,
                 "route": {"access": "SECURE_RESEARCH_SERVICE"}, "itemsIn": [], "itemsOut": [],
                 "signed": "2015-07", "title": "Matching of records", "permittedUse": "To find children who are missing.",
                 "licence": {"end": null, "description": "Ongoing"}, "approval": {"panel": "DSAP", "on": "2015-06"},
                 "source": "external-data-shares-2024-09"}
                """.formatted(party(organisation), party(commissioner, "COMMISSIONER"));
        registered(umbrella("DS17020", historic));
        Reply process = registered(under("DS17020", "DS17020", historic));
        read(process);

        Reply counts = recorder.get("/agreements/counts?on=2024-09-30&organisation=T_SHARE,T_COMMISSIONER");

        assertThat(process.at("/reference")).isEqualTo("DS17020.P1");
        assertThat(process.at("/share")).isEqualTo("DS17020");
        assertThat(process.at("/versions/0/title")).isEqualTo("Matching of records");
        assertThat(counts.at("/distinct")).isEqualTo("1");
        assertThat(counts.at("/organisations/0/withBelow")).isEqualTo("0");
        assertThat(counts.at("/organisations/0/agreements/0/reason")).isEqualTo("Commissioner, not a party.");
        assertThat(counts.at("/organisations/1/own")).isEqualTo("1");
        assertThat(counts.at("/organisations/1/newest")).isEqualTo("DS17020");
        assertThat(recorder.get("/agreements/counts?on=2024-09-30&organisation=T_SHARE&atPosition=0")
                        .at("/distinct"))
                .isEqualTo("0");
    }

    @Test
    void whatWasRecordedByMistakeIsPutRightByASecondPerson() {
        String organisation = server.newOrganisation("T_RIGHT");
        registered(process("DS17030", version("1.0", "2020-01", "null", party(organisation))));
        change("DS17030/end", end("2021-06-30", "NO_DATA_SHARED"));
        String undone = "{\"part\": \"END\", \"was\": \"2021-06-30\", \"end\": null, \"cause\": \"TRANSCRIPTION\"}";

        assertThat(recorder.post("/agreements/DS17030/corrections", undone).status())
                .isEqualTo(403);
        Reply corrected = approver.post("/agreements/DS17030/corrections", undone);
        assertThat(corrected.at("/standing")).isEqualTo("IN_FORCE");
        assertThat(corrected.at("/end")).isEqualTo("null");
        assertThat(approver.post("/agreements/DS17030/corrections", undone).problem())
                .isEqualTo("409 conflict");
        assertThat(approver.post(
                                "/agreements/DS17030/corrections",
                                "{\"part\": \"VERSION\", \"was\": \"1.0\", \"cause\": \"RECOUNT\"}")
                        .problem())
                .isEqualTo("400 invalid-request | /version required");
        Reply annulled = approver.post("/agreements/DS17030/annulment", "{\"cause\": \"TRANSCRIPTION\"}");
        read(annulled);

        assertThat(annulled.at("/standing")).isEqualTo("ANNULLED");
        assertThat(recorder.get("/agreements/counts?organisation=" + organisation)
                        .at("/organisations/0/withBelow"))
                .isEqualTo("0");
        assertThat(recorder.get("/agreements/DS17030/timeline").text())
                .contains("Agreement DS17030: the end on 2021-06-30 never was (transcription error).");
    }
}
