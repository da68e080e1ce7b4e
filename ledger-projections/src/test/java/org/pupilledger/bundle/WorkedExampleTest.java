package org.pupilledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Leaf;

/** The bundles that are kept: what verify.md says of them is so, and every later version verifies them. */
class WorkedExampleTest {
    private static final Path PAGE = Path.of("../ledger-core/docs/verify.md");

    static Path kept(String name) {
        try {
            return Path.of(Objects.requireNonNull(WorkedExampleTest.class.getResource("/bundles/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(String what, Object value) {
        return "| " + what + " | " + value + " |\n";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    @Test
    void theNumbersOfThePageAreThoseOfTheBundle() throws Exception {
        String page = Files.readString(PAGE);
        Parts parts = Parts.of(Files.readAllBytes(kept("2023-Q3-public.zip")));
        Checkpoint checkpoint = SignedNote.parse(parts.content("checkpoint"))
                .flatMap(note -> Checkpoint.parse(note.text()))
                .orElseThrow();
        List<String> lines = parts.lines();
        int request = indexOf(lines, "\"matching-request.received\"", "2018-04");
        int release = indexOf(lines, "\"edition.released\"", "2023-Q3");
        byte[] entry = lines.get(request).getBytes(StandardCharsets.UTF_8);
        String csv = parts.text("edition/other-government-quarterly.csv");
        List<String> rows = csv.lines().toList();

        assertThat(page)
                .contains("Its key: " + code(Files.readString(kept("key")).strip()))
                .contains(line("entries in the tree", checkpoint.size()))
                .contains(line(
                        "entries given",
                        lines.stream().filter(one -> !one.equals("null")).count()))
                .contains(line("root hash", code(Base64.getEncoder().encodeToString(checkpoint.root()))))
                .contains(line("position of the request of April 2018", request))
                .contains(line("length of that entry in bytes", entry.length))
                .contains(line(
                        "its leaf hash, in hexadecimal", code(HexFormat.of().formatHex(TreeHash.ofLeaf(entry)))))
                .contains(line("position of the release", release))
                .contains(line(
                        "`content.position`",
                        BundleHead.parse(parts.content("bundle.json")).position()))
                .contains(line(
                        "SHA-256 of `edition/other-government-quarterly.csv`",
                        code(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256")
                                        .digest(csv.getBytes(StandardCharsets.UTF_8))))))
                .contains("\n" + rows.get(1) + "\n")
                .contains("\n" + rows.get(2) + "\n");
        String id = Leaf.parse(entry).aggregateId();
        assertThat(lines.stream().filter(one -> one.contains(id)).count()).isEqualTo(4);
        assertThat(page).contains("has four entries, at positions " + request + " to " + (request + 3) + ":");
    }

    private static int indexOf(List<String> lines, String type, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(type) && lines.get(i).contains(text)) {
                return i;
            }
        }
        throw new IllegalArgumentException(type);
    }

    @Test
    void theKeptBundlesVerifyAloneAndTogether() throws IOException {
        String key = Files.readString(kept("key")).strip();

        Said said = Said.of(
                "--key=" + key,
                kept("2023-Q3-public.zip").toString(),
                kept("2023-Q4-public.zip").toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines().toList())
                .hasSize(3)
                .allMatch(line -> line.startsWith("verified: "))
                .last()
                .asString()
                .endsWith("4 entries below its position were disclosed since, and nothing below it is hidden any more");
        assertThat(said.exitCode()).isZero();
    }
}
