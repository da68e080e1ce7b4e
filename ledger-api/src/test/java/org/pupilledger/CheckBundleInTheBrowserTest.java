package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.NodeChecks.Case;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.BundleReport;
import org.pupilledger.bundle.BundleVerification;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.zip.StoredZip;
import org.pupilledger.zip.StoredZipFile;
import tools.jackson.databind.JsonNode;

/** Bundles that are checked in a reader's browser: it refuses what Java refuses, and says what it did not look at. */
class CheckBundleInTheBrowserTest {
    private static final Path BUNDLES = Path.of("../ledger-projections/src/test/resources/bundles");
    private static final String PUBLIC = "2023-Q3-public.zip";
    private static final String AUDIT = "2023-Q3.2-audit.zip";
    private static final String ORIGIN = "test.invalid/ledger";
    private static final String MARKUP = "<img src=x>";

    @TempDir
    private Path directory;

    private final List<Case> cases = new ArrayList<>();
    private final List<Boolean> expected = new ArrayList<>();
    private final Random random = new Random(14);
    private final Mutations mutations = new Mutations(random);

    @BeforeEach
    void assumeNode() {
        NodeChecks.assumeIsThere();
    }

    @Test
    void keptBundlesAreWhatJavaSaysAndSoAreMutatedOnes() throws Exception {
        for (String name : List.of(PUBLIC, AUDIT, "2023-Q4-public.zip")) {
            bundle(name, UnaryOperator.identity());
        }
        assertThat(expected).doesNotContain(false);
        for (int i = 0; i < 80; i++) {
            bundle(PUBLIC, mutations::of);
        }
        for (int i = 0; i < 60; i++) {
            bundle(PUBLIC, bytes -> packed(withOnePartChanged(parts(bytes))));
            bundle(PUBLIC, bytes -> packed(withOtherParts(parts(bytes))));
        }
        bundle(PUBLIC, bytes -> {
            Map<String, byte[]> parts = parts(bytes);
            parts.put(MARKUP, new byte[0]);
            return packed(parts);
        });
        bundle(PUBLIC, bytes -> {
            Map<String, byte[]> parts = parts(bytes);
            parts.put("bundle.json", ("{\"edition\":\"" + MARKUP + "\"}").getBytes(UTF_8));
            return packed(parts);
        });

        List<JsonNode> answers = new NodeChecks(directory).run(cases);

        for (int i = 0; i < cases.size(); i++) {
            assertThat(answers.get(i).at("/state").stringValue())
                    .as("case %d: %s", i, answers.get(i))
                    .isEqualTo(expected.get(i) ? "VALID" : "WRONG");
        }
        assertThat(answers.toString()).doesNotContain(MARKUP);
    }

    private void bundle(String name, UnaryOperator<byte[]> change) throws IOException {
        byte[] bytes = change.apply(Files.readAllBytes(BUNDLES.resolve(name)));
        file(bytes, Files.readString(BUNDLES.resolve(name.equals(AUDIT) ? "2023-Q3.2-key" : "key")));
    }

    private void file(byte[] bytes, String keys) throws IOException {
        Path file = Files.write(directory.resolve(cases.size() + ".zip"), bytes);
        List<VerifierKey> pinned = VerifierKey.inLines(keys.getBytes(UTF_8));
        cases.add(Case.check(file, keys));
        LogVerifier log = new LogVerifier(pinned.getFirst().name(), pinned);
        try (BundleVerification verification = new BundleVerification(file, log)) {
            BundleReport report = verification.run();
            // the page says that it does not compare it
            expected.add(
                    report.breaks().stream().allMatch(found -> found.sentence().startsWith("README.txt is not")));
        } catch (Bundle.Unreadable e) {
            expected.add(false);
        }
    }

    /** Whoever has the log's key can sign anything: what the entries say is looked at all the same. */
    @Test
    void whatIsSignedWithTheLogsKeyMustStillHoldTogether() throws Exception {
        byte[] audit = Files.readAllBytes(BUNDLES.resolve(AUDIT));
        Map<String, UnaryOperator<List<String>>> signed = new LinkedHashMap<>();
        signed.put("VALID", lines -> lines);
        signed.put("RELEASED_TWICE", lines -> with(lines, lines.size(), lines.getLast()));
        signed.put("NOT_RELEASED", lines -> lines.subList(0, lines.size() - 1));
        signed.put("OTHER_ROOT", lines -> last(lines, "\"rootHash\":\"dTZ2", "\"rootHash\":\"dTZ3"));
        signed.put("OTHER_ROOT ", lines -> with(lines, 0, lines.getFirst()));
        signed.put("OTHER_FILES", lines -> last(lines, "\"size\":582}", "\"size\":583}"));
        signed.put("OTHER_FILES ", lines -> last(lines, "\"figures\":\"f57a", "\"figures\":\"f57b"));
        signed.put("OTHER_RULES", lines -> last(lines, "\"EXACT\"", "\"OTHER\""));
        signed.put("OTHER_HEAD", lines -> last(lines, "\"position\":63", "\"position\":62"));
        signed.put("UNREADABLE", lines -> last(lines, "edition.revised", "edition.withdrawn"));
        signed.put("UNREADABLE ", lines -> last(lines, "\"rev\":1", "\"rev\":01"));
        signed.put("UNREADABLE  ", lines -> last(lines, "{\"aggregateId\"", "{ \"aggregateId\""));
        signed.put("UNREADABLE   ", lines -> last(lines, "\"name\":\"home", "\"name\":\"<home"));
        signed.put("MISSING", lines -> with(lines.subList(1, lines.size()), 0, "null"));
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        for (UnaryOperator<List<String>> change : signed.values()) {
            NoteSigner signer = signer(pair);
            file(packed(signedAgain(parts(audit), change, signer)), signer.verifierKey() + "\n");
        }

        List<JsonNode> answers = new NodeChecks(directory).run(cases);

        assertThat(answers.stream().map(answer -> answer.at("/code").stringValue()))
                .containsExactlyElementsOf(
                        signed.keySet().stream().map(String::strip).toList());
        assertThat(expected.getFirst()).isTrue();
        assertThat(expected.subList(1, expected.size())).doesNotContain(true);
    }

    private static List<String> with(List<String> lines, int at, String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(at, line);
        return more;
    }

    private static List<String> last(List<String> lines, String was, String now) {
        assertThat(lines.getLast()).contains(was);
        return with(
                lines.subList(0, lines.size() - 1),
                lines.size() - 1,
                lines.getLast().replace(was, now));
    }

    private static NoteSigner signer(KeyPair pair) {
        byte[] x509 = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(x509, x509.length - VerifierKey.PUBLIC_KEY_BYTES, x509.length);
        return new NoteSigner(VerifierKey.of(ORIGIN, key), pair.getPrivate());
    }

    /** With tile, checkpoint, key and head that fit other entries; of a hidden one the tile has no hash of an entry. */
    private static Map<String, byte[]> signedAgain(
            Map<String, byte[]> parts, UnaryOperator<List<String>> change, NoteSigner signer) {
        List<String> were =
                new String(parts.get("entries/000.jsonl"), UTF_8).lines().toList();
        List<String> lines = change.apply(were);
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        lines.forEach(line -> hashes.writeBytes(TreeHash.ofLeaf(line.getBytes(UTF_8))));
        byte[] root = new TileTree(lines.size(), tile -> hashes.toByteArray()).root();
        String text = new Checkpoint(ORIGIN, lines.size(), root, List.of()).text();
        String head = new String(parts.get("bundle.json"), UTF_8)
                .replace("\"entries\":" + were.size(), "\"entries\":" + lines.size());
        Map<String, byte[]> made = new LinkedHashMap<>();
        parts.forEach((name, content) -> {
            switch (name) {
                case "checkpoint" -> made.put(name, new SignedNote(text, List.of(signer.sign(text))).bytes());
                case "key" -> made.put(name, (signer.verifierKey() + "\n").getBytes(UTF_8));
                case "bundle.json" -> made.put(name, head.getBytes(UTF_8));
                case "entries/000.jsonl" -> made.put(name, (String.join("\n", lines) + "\n").getBytes(UTF_8));
                case "tile/0/000.p/66" -> made.put("tile/0/000.p/" + lines.size(), hashes.toByteArray());
                default -> made.put(name, content);
            }
        });
        return made;
    }

    private Map<String, byte[]> parts(byte[] bundle) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try {
            Path file = Files.write(directory.resolve("parts.zip"), bundle);
            try (StoredZipFile zip = StoredZipFile.open(file)) {
                for (String name : zip.names()) {
                    parts.put(name, zip.stream(name).readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }

    private static byte[] packed(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StoredZip zip = new StoredZip(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.put(part.getKey(), part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Map<String, byte[]> withOnePartChanged(Map<String, byte[]> parts) {
        List<String> names = List.copyOf(parts.keySet());
        // each of those that are not of the edition as often as all of that
        String name = random.nextBoolean() ? names.get(random.nextInt(6)) : names.get(random.nextInt(names.size()));
        parts.computeIfPresent(name, (_, content) -> mutations.of(content));
        return parts;
    }

    private Map<String, byte[]> withOtherParts(Map<String, byte[]> parts) {
        List<String> names = new ArrayList<>(parts.keySet());
        int one = random.nextInt(names.size());
        int other = random.nextInt(names.size());
        switch (random.nextInt(4)) {
            case 0 -> names.remove(one);
            case 1 -> Collections.swap(names, one, other);
            case 2 -> parts.put(names.get(one), parts.get(names.get(other)));
            default -> {
                names.add(other, "edition/more.csv");
                parts.put("edition/more.csv", new byte[] {1});
            }
        }
        Map<String, byte[]> ordered = new LinkedHashMap<>();
        names.forEach(name -> ordered.put(name, parts.get(name)));
        return ordered;
    }
}
