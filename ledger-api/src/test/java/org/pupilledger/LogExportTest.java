package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.Program.Result;

/** The exported log: complete, the same each time, and nothing in it can be changed unnoticed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LogExportTest {
    private static final int WIDTH = 256;
    private static final int HASH = 32;
    private static final String KEY_PREFIX = "302a300506032b6570032100";

    private final DiskLedger ledger = new DiskLedger();

    private Path files = Path.of("");
    private Path exported = Path.of("");

    @BeforeAll
    void export(@TempDir Path directory) {
        ledger.importRequests(75);
        files = directory;
        exported = files.resolve("exported");
        export("--entries", exported.toString());
    }

    @AfterAll
    void clean() {
        ledger.close();
    }

    private String export(String... arguments) {
        Result result = runExport(arguments);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private Result runExport(String... arguments) {
        List<String> all = new ArrayList<>(List.of("log", "export"));
        all.addAll(Arrays.asList(arguments));
        return ledger.run(all.toArray(new String[0]));
    }

    private static Map<String, String> content(Path directory) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                content.put(
                        directory.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    @Test
    void holdsUnderPathsOfTheSpecificationWhatAFromScratchVerifierAccepts() throws Exception {
        List<String> note =
                Files.readString(exported.resolve("checkpoint")).lines().toList();
        int size = Integer.parseInt(note.get(1));
        assertThat(size).isGreaterThan(WIDTH).isLessThan(2 * WIDTH);
        int rest = size - WIDTH;
        assertThat(content(exported))
                .containsOnlyKeys(
                        "checkpoint",
                        "key",
                        "tile/0/000",
                        "tile/0/001.p/" + rest,
                        "tile/1/000.p/1",
                        "tile/entries/000",
                        "tile/entries/001.p/" + rest);

        List<byte[]> hashes = new ArrayList<>();
        byte[] full = bundle("000", 0, WIDTH, hashes);
        bundle("001.p/" + rest, WIDTH, rest, hashes);
        assertThat(full).hasSize(WIDTH * HASH);
        assertThat(Files.readAllBytes(exported.resolve("tile/1/000.p/1"))).isEqualTo(root(hashes.subList(0, WIDTH)));
        assertThat(note.get(2)).isEqualTo(Base64.getEncoder().encodeToString(root(hashes)));
        assertThat(note).hasSize(5);
        assertThat(note.get(3)).isEmpty();
        assertThat(isSigned(note)).isTrue();
    }

    /** Compares the entries of a bundle with the tile of their hashes, which it returns. */
    private byte[] bundle(String path, int from, int count, List<byte[]> hashes) throws Exception {
        ByteBuffer rest = ByteBuffer.wrap(Files.readAllBytes(exported.resolve("tile/entries/" + path)));
        while (rest.hasRemaining()) {
            byte[] entry = new byte[Short.toUnsignedInt(rest.getShort())];
            rest.get(entry);
            assertThat(new String(entry, StandardCharsets.UTF_8)).startsWith("{\"aggregateId\":");
            hashes.add(sha256(new byte[] {0}, entry));
        }
        assertThat(hashes).hasSize(from + count);
        byte[] tile = Files.readAllBytes(exported.resolve("tile/0/" + path));
        for (int i = 0; i < count; i++) {
            assertThat(Arrays.copyOfRange(tile, i * HASH, (i + 1) * HASH)).isEqualTo(hashes.get(from + i));
        }
        return tile;
    }

    /** MTH of RFC 6962, 2.1. */
    private static byte[] root(List<byte[]> hashes) throws Exception {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int half = Integer.highestOneBit(hashes.size() - 1);
        return sha256(new byte[] {1}, root(hashes.subList(0, half)), root(hashes.subList(half, hashes.size())));
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    /** C2SP signed-note, for a note of three lines and one signature. */
    private boolean isSigned(List<String> note) throws Exception {
        String[] key = Files.readString(exported.resolve("key")).strip().split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(key[2]);
        assertThat(typed[0]).isEqualTo((byte) 1);
        byte[] id = sha256((key[0] + "\n").getBytes(StandardCharsets.UTF_8), typed);
        assertThat(HexFormat.of().formatHex(id, 0, 4)).isEqualTo(key[1]);
        assertThat(key[0]).isEqualTo(note.get(0));

        String[] line = note.get(4).split(" ", 3);
        assertThat(line[0]).isEqualTo("\u2014");
        assertThat(line[1]).isEqualTo(key[0]);
        byte[] signed = Base64.getDecoder().decode(line[2]);
        assertThat(HexFormat.of().formatHex(signed, 0, 4)).isEqualTo(key[1]);
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(
                        HexFormat.of().parseHex(KEY_PREFIX + HexFormat.of().formatHex(typed, 1, typed.length)))));
        ed25519.update((String.join("\n", note.subList(0, 3)) + "\n").getBytes(StandardCharsets.UTF_8));
        return ed25519.verify(signed, 4, signed.length - 4);
    }

    @Test
    void isTheSameEachTimeAndGrows() throws IOException {
        DiskLedger.copy(exported, files.resolve("growing"));
        String growing = files.resolve("growing").toString();
        Object fullTile = Files.getLastModifiedTime(files.resolve("growing/tile/0/000"));
        assertThat(export("--entries", growing)).contains(" 0 files written");
        assertThat(content(files.resolve("growing"))).isEqualTo(content(exported));
        String oldCheckpoint = Files.readString(exported.resolve("checkpoint"));

        ledger.importRequests(1);
        assertThat(export("--entries", growing)).contains(" 3 files written");
        export("--entries", files.resolve("anew").toString());
        assertThat(content(files.resolve("growing")))
                .containsAllEntriesOf(content(files.resolve("anew")))
                .as("the old partial tiles, for who holds the old checkpoint")
                .containsKeys(content(exported).keySet().toArray(new String[0]));
        assertThat(Files.getLastModifiedTime(files.resolve("growing/tile/0/000")))
                .isEqualTo(fullTile);
        assertVerified(growing, "--checkpoint", Files.writeString(files.resolve("old"), oldCheckpoint) + "");

        // hashes alone
        String withoutEntries = files.resolve("hashes").toString();
        export(withoutEntries);
        assertThat(content(files.resolve("hashes")).keySet()).noneMatch(path -> path.contains("entries"));
        assertVerified(withoutEntries);
        assertRefused("holds the entries of an earlier export", growing);

        // the public checkpoint is as old as the ledger
        export("--public", files.resolve("public").toString());
        assertVerified(files.resolve("public").toString());
        assertRefused("more than the", "--public", withoutEntries);
    }

    @Test
    void doesNotGoIntoADirectoryOfSomethingElse() throws IOException {
        Path other = files.resolve("other");
        DiskLedger.copy(exported, other);
        String note = Files.readString(other.resolve("checkpoint"));
        String origin = note.lines().findFirst().orElseThrow();
        Files.writeString(other.resolve("checkpoint"), note.replace(origin, "elsewhere.example/log"));
        assertRefused("another log, elsewhere.example/log", "--entries", other.toString());

        String root = note.lines().skip(2).findFirst().orElseThrow();
        Files.writeString(
                other.resolve("checkpoint"),
                note.replace(root, (root.startsWith("A") ? "B" : "A") + root.substring(1)));
        assertRefused("does not begin with", "--entries", other.toString());

        Files.writeString(other.resolve("checkpoint"), "shopping list");
        assertRefused("is no checkpoint", "--entries", other.toString());
        assertThat(other.resolve("checkpoint")).hasContent("shopping list");

        Path door = Files.createDirectories(files.resolve("door"));
        Files.writeString(door.resolve("key"), "of the front door");
        assertRefused("holds something else", door.toString());
        assertThat(door.resolve("key")).hasContent("of the front door");
    }

    private void assertRefused(String sentence, String... arguments) {
        Result result = runExport(arguments);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).contains(sentence).hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    private void assertVerified(String directory, String... more) {
        Result result = verify(directory, more);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.out()).startsWith("verified: ").hasLineCount(1);
    }

    private Result verify(String directory, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "verify", directory, "--quiet", "--key", exported.resolve("key").toString()));
        arguments.addAll(Arrays.asList(more));
        return Program.run(arguments);
    }

    @Test
    void oneChangedByteIsFound() throws IOException {
        assertVerified(exported.toString());
        Result withKeyFile = ledger.run("verify", exported.toString(), "--quiet");
        assertThat(withKeyFile.exitCode()).as("%s", withKeyFile).isZero();
        assertThat(withKeyFile.err()).contains("The key in " + ledger.keyFile()).hasLineCount(1);

        assertBroken("tile/0/000", 17 * HASH, "at position 17:");
        assertBroken("tile/1/000.p/1", 3, "");
        assertBroken("tile/entries/000", 2 + 40, "at position 0:");
        assertBroken("checkpoint", 3, "");
    }

    private void assertBroken(String path, int at, String where) throws IOException {
        Path broken = files.resolve("broken");
        DiskLedger.copy(exported, broken);
        Path file = broken.resolve(path);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
        assertBreak(verify(broken.toString()), where);
    }

    private static void assertBreak(Result result, String where) {
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.out()).startsWith("BREAK ").contains(where);
    }

    @Test
    void aMissingTileIsFound() throws IOException {
        for (String path : List.of("tile/0/000", "tile/entries/000")) {
            Path broken = files.resolve("incomplete");
            DiskLedger.copy(exported, broken);
            Files.delete(broken.resolve(path));
            assertBreak(verify(broken.toString()), "missing");
        }
    }

    @Test
    void whatWasNotSignedIsNotExported() throws Exception {
        try (DiskLedger tampered = new DiskLedger()) {
            tampered.importRequests(1);
            tampered.tamper("update ledger_entry set leaf_bytes = leaf_bytes || ' '::bytea where position = 5");
            Path target = files.resolve("tampered");
            assertThat(tampered.run("log", "export", target.toString()).exitCode())
                    .isZero();
            Result result = tampered.run(
                    "log", "export", "--entries", files.resolve("with-entries").toString());
            assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
            assertThat(result.err()).contains("Run the command verify").hasLineCount(1);
            assertThat(files.resolve("with-entries/checkpoint")).doesNotExist();
        }
    }
}
