package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who asks and who receives. */
@ExtendWith(SharedServer.class)
class Story10OrganisationsTest {
    private final TestServer server;
    private final Caller admin;

    Story10OrganisationsTest(TestServer server) {
        this.server = server;
        this.admin = server.as("admin");
    }

    private static String body(String name, String category, String parent) {
        return "{\"name\": \"%s\", \"category\": \"%s\", \"parent\": %s}".formatted(name, category, parent);
    }

    @Test
    void whatBelongsToAnotherIsCountedWithItWhereThatIsAskedFor() {
        Caller recorder = server.as("recorder");
        admin.put("/organisations/T_POLICE", body("Police of a test", "POLICE", "null"));
        admin.put("/organisations/T_FORCE", body("Force of a test", "OTHER", "\"T_POLICE\""));
        admin.put("/organisations/T_UNIT", body("Unit of a test", "OTHER", "\"T_FORCE\""));
        recorder.post("/requests", Sample.live("T_POLICE", "2024-07-02", 1));
        recorder.post("/requests", Sample.live("T_FORCE", "2024-07-03", 2));
        admin.read(recorder.post("/requests", Sample.live("T_UNIT", "2024-08-04", 4)));

        assertThat(submitted("by=year&organisation=T_POLICE")).isEqualTo("T_POLICE POLICE 1");
        assertThat(submitted("by=year&organisation=T_POLICE&rollUp=true")).isEqualTo("T_POLICE POLICE 7");
        assertThat(submitted("by=month&organisation=T_POLICE&rollUp=true"))
                .isEqualTo("T_POLICE POLICE 3, T_POLICE POLICE 4");
        assertThat(submitted("by=year&organisation=T_FORCE&rollUp=true")).isEqualTo("T_FORCE OTHER 6");
        assertThat(submitted("by=year&organisation=T_FORCE&category=POLICE&rollUp=true"))
                .isEmpty();
        assertThat(submitted("by=year&rollUp=true"))
                .contains("T_POLICE POLICE 7")
                .doesNotContain("T_FORCE", "T_UNIT");
        assertThat(submitted("by=year&category=POLICE&rollUp=true")).contains("T_POLICE POLICE 7");
        assertThat(admin.get("/figures?rollUp=yes").problem()).isEqualTo("400 invalid-request | rollUp malformed");
    }

    private String submitted(String query) {
        return admin.get("/figures?" + query)
                .json()
                .get("rows")
                .valueStream()
                .map(row -> row.get("organisation").stringValue() + " "
                        + row.get("category").stringValue() + " "
                        + row.get("individuals").get("submitted"))
                .collect(Collectors.joining(", "));
    }

    @Test
    void eightAreThereFromTheFirstStart() {
        List<String> codes = new ArrayList<>();
        admin.get("/organisations?limit=500")
                .json()
                .get("items")
                .forEach(item -> codes.add(item.get("code").stringValue()));

        assertThat(codes)
                .contains(
                        "CABINET_OFFICE",
                        "DWP",
                        "FAMILY_COURT",
                        "HMRC",
                        "HOME_OFFICE",
                        "MOJ",
                        "POLICE",
                        "WELSH_GOVERNMENT")
                .isSorted();
        assertThat(admin.get("/organisations/DWP").json()).isEqualTo(Reply.parse("""
                {"code": "DWP", "name": "Department for Work and Pensions", "category": "OTHER_GOVERNMENT", "parent": null,
                 "sequence": 0}
                """));
    }

    @Test
    void oneIsAddedToldAgainRenamedAndUsed() {
        Reply added = admin.put("/organisations/T_MET", body("Metropolitan Police", "POLICE", "\"POLICE\""));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.header("location")).isEqualTo("/api/v1/organisations/T_MET");
        assertThat(added.header("etag")).isEqualTo("\"0\"");
        assertThat(added.json()).isEqualTo(Reply.parse("""
                {"code": "T_MET", "name": "Metropolitan Police", "category": "POLICE", "parent": "POLICE", "sequence": 0}
                """));

        Reply again = admin.put("/organisations/T_MET", body("Metropolitan Police", "POLICE", "\"POLICE\""));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("location")).isEmpty();
        assertThat(server.events("T_MET")).isEqualTo(1);

        Reply renamed = admin.put("/organisations/T_MET", body("Met Police", "POLICE", "\"POLICE\""));
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.header("etag")).isEqualTo("\"1\"");

        Reply request = server.as("recorder").post("/requests", Sample.live("T_MET", "2024-07", 1));
        assertThat(request.status()).isEqualTo(201);
        admin.read(request);
        assertThat(admin.get("/figures?category=POLICE&organisation=T_MET")
                        .json()
                        .get("rows"))
                .hasSize(1);
        assertThat(admin.get("/figures?category=HOME_OFFICE&organisation=T_MET")
                        .json()
                        .get("rows"))
                .isEmpty();
    }

    @Test
    void aCategoryThatChangesMovesItsRows() {
        String code = server.newOrganisation("T_MOVING");
        admin.read(server.as("recorder").post("/requests", Sample.live(code, "2024-07", 1)));

        String moved = body("Test moving", "COURT", "null");
        Reply proposed = admin.put("/organisations/" + code, moved);
        assertThat(proposed.status()).isEqualTo(202);
        assertThat(proposed.json()).isEqualTo(Reply.parse("""
                {"code": "T_MOVING", "name": "Test T MOVING", "category": "OTHER_GOVERNMENT", "parent": null,
                 "proposed": {"name": "Test moving", "category": "COURT", "parent": null}, "sequence": 1}
                """));
        assertThat(admin.get("/organisations/" + code + "?waitFor=" + code + ":1")
                        .json())
                .isEqualTo(proposed.json());
        assertThat(admin.put("/organisations/" + code, moved).status())
                .as("the same person again")
                .isEqualTo(202);
        assertThat(server.events(code)).isEqualTo(2);
        assertThat(admin.get("/figures?organisation=" + code).at("/rows/0/category"))
                .isEqualTo("OTHER_GOVERNMENT");

        assertThat(server.as("approver").put("/organisations/" + code, moved).status())
                .isEqualTo(200);

        Reply figures = admin.get("/figures?organisation=" + code + "&waitFor=" + code + ":2");
        assertThat(figures.at("/rows/0/category")).isEqualTo("COURT");
    }

    @Test
    void whatCannotBeOneIsRefused() {
        assertThat(admin.put("/organisations/T_BAD", "{}").problem())
                .isEqualTo("400 invalid-request | /name required | /category required");
        assertThat(admin.put("/organisations/t-bad", body("Bad", "OTHER", "null"))
                        .problem())
                .isEqualTo("400 invalid-request | code malformed");
        assertThat(admin.put("/organisations/T_BAD", body("Bad", "FUN", "\"NOBODY\""))
                        .problem())
                .isEqualTo("422 rule-broken | /category unknown-code | /parent unknown-code");
        assertThat(admin.put("/organisations/T_BAD", body("Bad", "OTHER", "\"T_BAD\""))
                        .problem())
                .as("its own parent")
                .isEqualTo("422 rule-broken | /parent unknown-code");
        assertThat(admin.put("/organisations/T_BAD", body("Bad <b>", "OTHER", "null"))
                        .problem())
                .isEqualTo("400 invalid-request | /name malformed");
        assertThat(admin.put("/organisations/T_BAD", body("Mail alice@example.org", "OTHER", "null"))
                        .problem())
                .isEqualTo("422 personal-data | /name email-address");
        assertThat(server.events("T_BAD")).isZero();
        assertThat(admin.get("/organisations/T_BAD").problem()).isEqualTo("404 not-found");
        assertThat(server.as("recorder")
                        .post("/requests", Sample.live("T_BAD", "2024-07", 1))
                        .problem())
                .isEqualTo("422 rule-broken | /organisation unknown-code");
    }

    @Test
    void nobodyIsAboveThemselves() {
        admin.put("/organisations/T_UPPER", body("Upper", "OTHER", "null"));
        admin.put("/organisations/T_LOWER", body("Lower", "OTHER", "\"T_UPPER\""));

        assertThat(admin.put("/organisations/T_UPPER", body("Upper", "OTHER", "\"T_LOWER\""))
                        .problem())
                .isEqualTo("422 rule-broken | /parent unknown-code");
    }

    @Test
    void aListComesPageByPage() {
        Reply first = admin.get("/organisations?limit=3");
        Reply second = admin.get("/organisations?limit=3&after=" + first.at("/next"));

        assertThat(first.json().get("items")).hasSize(3);
        assertThat(second.at("/items/0/code")).isGreaterThan(first.at("/items/2/code"));
    }
}
