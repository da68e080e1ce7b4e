package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.zip.StoredZip;
import org.springframework.core.io.ClassPathResource;

/** A stranger checks a published quarter with one file, and nothing else. */
class Story28AnAuditBundleTest {
    private static final String BUNDLE = "/audit/bundles/2023-Q3";

    private static Path ledger;
    private static TestServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void publish() throws IOException {
        ledger = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(ledger);
        settings.addAll(TestServer.users());
        settings.add("--ledger.inception=" + TestServer.INCEPTION);
        settings.add("--ledger.public-entries=released");
        server = TestServer.start(ledger, settings);
        server.as("recorder")
                .importCsv(
                        new ClassPathResource("samples/dwp-requests.csv").getContentAsString(StandardCharsets.UTF_8));
        Caller publisher = server.as("publisher");
        assertThat(publisher
                        .post("/editions", "{\"quarter\": \"2023-Q3\", \"releaseOn\": \"2023-12-07\"}")
                        .status())
                .isEqualTo(201);
        assertThat(server.anonymous().get(BUNDLE).status()).isEqualTo(404);
        assertThat(step(publisher, "preview").status()).isEqualTo(200);
        Reply released = step(server.as("approver"), "release");
        assertThat(released.status()).isEqualTo(200);
        publisher.get("/editions/2023-Q3?waitFor=" + released.id() + ":" + released.sequence());
    }

    private static Reply step(Caller caller, String step) {
        return caller.post("/editions/2023-Q3/" + step, "{}");
    }

    @AfterAll
    static void stop() {
        server.close();
        TestServer.delete(ledger);
    }

    @Test
    void everybodyGetsWhatIsPublicAndAnAuditorAll() throws IOException {
        Reply all = server.as("auditor").get(BUNDLE);
        Reply open = server.anonymous().get(BUNDLE);

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.header("content-type")).isEqualTo("application/zip");
        assertThat(all.header("content-disposition")).contains("pupil-ledger-2023-Q3.1-audit.zip");
        assertThat(open.header("content-disposition")).contains("pupil-ledger-2023-Q3.1-public.zip");
        assertThat(entries(all)).doesNotContain("null").anyMatch(line -> line.contains("\"2023-1"));
        assertThat(entries(open))
                .hasSameSizeAs(entries(all))
                .contains("null")
                .noneMatch(line -> line.contains("matching-request") && line.contains("2023-11"));
        assertThat(server.anonymous().get(BUNDLE + "?variant=public&revision=1").bytes())
                .isEqualTo(open.bytes());
        assertThat(server.anonymous()
                        .get(BUNDLE, "If-None-Match", open.header("etag"))
                        .status())
                .isEqualTo(304);
        Reply head = server.anonymous().send("HEAD", BUNDLE, BodyPublishers.noBody());
        assertThat(head.header("content-length")).isEqualTo(Integer.toString(open.bytes().length));
    }

    @Test
    void whatIsNotThereOrNotForTheCallerIsRefused() {
        assertThat(server.anonymous().get(BUNDLE + "?variant=audit").problem()).isEqualTo("401 unauthenticated");
        assertThat(server.as("recorder").get(BUNDLE + "?variant=audit").problem())
                .isEqualTo("403 forbidden");
        assertThat(server.as("recorder").get(BUNDLE).status()).isEqualTo(200);
        assertThat(server.as("auditor").get(BUNDLE + "?variant=AUDIT").problem())
                .isEqualTo("400 invalid-request | variant unknown-code");
        assertThat(server.as("auditor").get(BUNDLE + "?revision=2").problem()).isEqualTo("404 not-found");
        assertThat(server.as("auditor").get("/audit/bundles/2023-Q5").problem()).isEqualTo("404 not-found");
        server.as("publisher").post("/editions", "{\"quarter\": \"2024-Q1\", \"releaseOn\": \"2024-05-07\"}");
        server.as("auditor").get("/editions/2024-Q1?waitFor=edition-2024-Q1:0");
        assertThat(server.as("auditor").get("/audit/bundles/2024-Q1").problem()).isEqualTo("404 not-released");
    }

    @Test
    void theCommandLineWritesTheSameBytesAndNamesAChangedFigure() throws IOException {
        Path file = directory.resolve("bundle.zip");
        Path key = Files.write(
                directory.resolve("key"), server.anonymous().get("/log/key").bytes());

        Program.Result written = Program.run(
                "bundle", "--edition", "2023-Q3", "--out", file.toString(), "--ledger.data-directory=" + ledger);

        assertThat(written.exitCode()).as("%s", written).isZero();
        assertThat(written.out()).startsWith("bundle: AUDIT, edition 2023-Q3 revision 1, ");
        assertThat(Files.readAllBytes(file))
                .isEqualTo(server.as("auditor").get(BUNDLE).bytes());
        Program.Result again = Program.run(
                "bundle", "--edition", "2023-Q3", "--out", file.toString(), "--ledger.data-directory=" + ledger);
        assertThat(again.exitCode()).isEqualTo(2);

        Program.Result verified = Program.run("verify", file.toString(), "--key", key.toString());
        assertThat(verified.exitCode()).as("%s", verified).isZero();
        assertThat(verified.out()).startsWith("verified: edition 2023-Q3 revision 1, ");

        Path changed = directory.resolve("changed.zip");
        Files.write(changed, changed(Files.readAllBytes(file)));
        Program.Result found = Program.run("verify", changed.toString(), "--key", key.toString());
        assertThat(found.exitCode()).as("%s", found).isEqualTo(1);
        assertThat(found.out())
                .contains("other-government-quarterly.csv, row 1 (2018-Q2, DWP), column individuals_submitted: the file"
                        + " says 186, the entries give 185.");
    }

    private static List<String> entries(Reply bundle) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("entries/000.jsonl")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
                }
            }
        }
        throw new IllegalStateException("no entries");
    }

    private static byte[] changed(byte[] bundle) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(bundle));
                StoredZip to = new StoredZip(changed)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                byte[] content = from.readAllBytes();
                if (entry.getName().endsWith("other-government-quarterly.csv")) {
                    content = new String(content, StandardCharsets.UTF_8)
                            .replaceFirst(",185,1,", ",186,1,")
                            .getBytes(StandardCharsets.UTF_8);
                }
                to.put(entry.getName(), content);
            }
        }
        return changed.toByteArray();
    }
}
