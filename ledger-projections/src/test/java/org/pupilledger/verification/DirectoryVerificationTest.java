package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.logs.LogDirectory;
import org.pupilledger.logs.LogVerification;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.Tile;
import org.pupilledger.seal.LogReader;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;
import org.springframework.util.FileSystemUtils;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryVerificationTest {
    private static final long SIZE = 580;
    private static final long SEED = 20261121;

    private SmallLedger ledger;

    @TempDir
    private Path root;

    private Path directory;

    @BeforeAll
    void build() throws SQLException {
        ledger = SmallLedger.of600();
    }

    @AfterAll
    void close() throws SQLException {
        ledger.close();
    }

    @BeforeEach
    void export() throws IOException {
        directory = root.resolve("log");
        FileSystemUtils.deleteRecursively(directory);
        LogReader reader = new LogReader(ledger.pool());
        write("checkpoint", ledger.note(SIZE));
        write("key", (ledger.log().firstKey() + "\n").getBytes(StandardCharsets.UTF_8));
        Tile.ofTree(SIZE).forEach(tile -> {
            write("tile/" + tile.path(), reader.tile(tile, SIZE).orElseThrow());
            if (tile.level() == 0) {
                write(
                        "tile/" + EntryBundle.path(tile.number(), tile.width()),
                        reader.entries(tile, SIZE).orElseThrow());
            }
        });
    }

    private void write(String path, byte[] content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read(String path) {
        try {
            return Files.readAllBytes(directory.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report verify() {
        return new LogVerification(new LogDirectory(directory), ledger.verifier())
                .holding(List.of(ledger.note(2), ledger.note(300)))
                .run((done, of) -> {});
    }

    @Test
    void whatWasExportedIsAsItWasSigned() throws IOException {
        assertThat(verify()).isEqualTo(new Report(SIZE, SIZE, 0, false, List.of()));

        FileSystemUtils.deleteRecursively(directory.resolve("tile/entries"));
        Files.delete(directory.resolve("key"));
        assertThat(verify()).isEqualTo(new Report(SIZE, SIZE, 0, false, List.of()));
    }

    /** What is done to a file. */
    private interface Damage {
        byte @Nullable [] to(byte[] content);
    }

    record Case(String file, String what, DamageTo damage, Kind kind, long position) {
        @Override
        public String toString() {
            return file + " " + what;
        }
    }

    /** What is done to the directory. */
    interface DamageTo {
        void run(DirectoryVerificationTest test);
    }

    private static Case damaged(String file, String what, Damage damage, Kind kind, long position) {
        return new Case(
                file,
                what,
                test -> {
                    byte[] content = damage.to(test.read(file));
                    if (content == null) {
                        test.delete(file);
                    } else {
                        test.write(file, content);
                    }
                },
                kind,
                position);
    }

    private void delete(String path) {
        try {
            Files.delete(directory.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] flipped(byte[] content, int at) {
        content[at] ^= 1;
        return content;
    }

    private static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String file : List.of("tile/0/000", "tile/0/001", "tile/0/002.p/68", "tile/1/000.p/2")) {
            long position = file.contains("001") ? 256 : file.contains("002") ? 512 : 0;
            cases.add(damaged(file, "deleted", content -> null, Kind.MISSING, position));
            cases.add(damaged(file, "changed", content -> flipped(content, 40), Kind.CHANGED, position));
            cases.add(damaged(
                    file, "cut", content -> Arrays.copyOf(content, content.length - 1), Kind.MISSING, position));
            cases.add(damaged(
                    file, "made very long", content -> Arrays.copyOf(content, 50_000_000), Kind.MISSING, position));
        }
        for (String file : List.of("tile/entries/000", "tile/entries/001", "tile/entries/002.p/68")) {
            long position = file.contains("001") ? 256 : file.contains("002") ? 512 : 0;
            cases.add(damaged(file, "deleted", content -> null, Kind.MISSING, position));
            cases.add(damaged(
                    file, "changed in its first entry", content -> flipped(content, 20), Kind.CHANGED, position));
            cases.add(damaged(
                    file, "cut", content -> Arrays.copyOf(content, content.length - 1), Kind.CHANGED, position));
            cases.add(damaged(
                    file,
                    "with entries 5 and 9 swapped",
                    content -> {
                        List<byte[]> entries =
                                new ArrayList<>(EntryBundle.decode(content).orElseThrow());
                        entries.set(5, entries.set(9, entries.get(5)));
                        return EntryBundle.encode(entries);
                    },
                    Kind.REORDERED,
                    position + 5));
            cases.add(damaged(
                    file,
                    "without entry 7",
                    content -> {
                        List<byte[]> entries =
                                new ArrayList<>(EntryBundle.decode(content).orElseThrow());
                        entries.remove(7);
                        return EntryBundle.encode(entries);
                    },
                    Kind.CHANGED,
                    position));
        }
        cases.add(damaged("checkpoint", "deleted", content -> null, Kind.MISSING, 0));
        cases.add(damaged(
                "checkpoint",
                "changed",
                content -> new String(content, StandardCharsets.UTF_8)
                        .replace("\n580\n", "\n579\n")
                        .getBytes(StandardCharsets.UTF_8),
                Kind.FORGED,
                578));
        cases.add(damaged("checkpoint", "empty", content -> new byte[0], Kind.FORGED, 0));
        cases.add(damaged("key", "another's", content -> flipped(content, 60), Kind.CHANGED, 579));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFound(Case tampering) {
        tampering.damage().run(this);

        Report report = verify();

        assertThat(report.breaks()).isNotEmpty();
        Break first = report.breaks().getFirst();
        assertThat(first.kind() + " at " + first.position())
                .as(report.breaks().toString())
                .isEqualTo(tampering.kind() + " at " + tampering.position());
        assertThat(report.breaks()).allSatisfy(it -> assertThat(it.sentence()).contains("position"));
    }

    @Test
    void aNewerCheckpointThanTheDirectorysProvesThatItsEndIsMissing() {
        write("checkpoint", ledger.note(300));

        Report report = new LogVerification(new LogDirectory(directory), ledger.verifier())
                .holding(List.of(ledger.note(512)))
                .run((done, of) -> {});

        assertThat(report.breaks())
                .anySatisfy(it -> assertThat(it.kind() + " at " + it.position()).isEqualTo("ROLLED_BACK at 300"));
    }

    @Test
    void hostileFilesAreFindingsAndNothingElse() throws IOException {
        Random random = new Random(SEED);
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (int i = 0; i < 300; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] good = Files.readAllBytes(file);
            byte[] bad = random.nextInt(4) == 0 ? new byte[random.nextInt(300)] : good.clone();
            if (bad.length > 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(7));
            }
            Files.write(file, bad);
            assertThat(verify().breaks())
                    .as(file + " seed " + SEED + " round " + i)
                    .isNotEmpty();
            Files.write(file, good);
        }
        Files.delete(directory.resolve("checkpoint"));
        Files.createDirectory(directory.resolve("checkpoint"));
        assertThat(verify().breaks().getFirst().kind()).isEqualTo(Kind.MISSING);
    }
}
