package org.pupilledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.terminal.WrongUse;

/** The files of an edition come into a directory of their own, each of them whole. */
class EditionDirectoryTest {
    private static final Map<String, byte[]> FILES = Map.of("one.csv", bytes("a,b\n"), "two.json", bytes("{}"));

    @TempDir
    Path files;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(Path directory) {
        new EditionDirectory(directory).write(FILES);
    }

    private static Map<String, String> content(Path directory) throws IOException {
        Map<String, String> content = new HashMap<>();
        try (Stream<Path> found = Files.list(directory)) {
            for (Path file : found.toList()) {
                content.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return content;
    }

    private static void assertHoldsThem(Path directory) throws IOException {
        assertThat(content(directory)).isEqualTo(Map.of("one.csv", "a,b\n", "two.json", "{}"));
    }

    @Test
    void writesIntoANewDirectoryAndAnEmptyOne() throws IOException {
        write(files.resolve("some/new"));
        assertHoldsThem(files.resolve("some/new"));

        write(Files.createDirectory(files.resolve("empty")));
        assertHoldsThem(files.resolve("empty"));
    }

    @Test
    void leavesTheSameFilesAsTheyAre() throws IOException {
        write(files);
        Object when = Files.getLastModifiedTime(files.resolve("one.csv"));

        write(files);

        assertHoldsThem(files);
        assertThat(Files.getLastModifiedTime(files.resolve("one.csv"))).isEqualTo(when);
    }

    @Test
    void completesWhatAnInterruptedRunLeft() throws IOException {
        Files.writeString(files.resolve("one.csv"), "a,b\n");
        Files.writeString(files.resolve("two.json.half"), "{");

        write(files);

        assertHoldsThem(files);
    }

    @Test
    void refusesWhatHoldsAnythingElseAndChangesNothing() throws IOException {
        for (String name : new String[] {"one.csv", "one.csv.old", "three.json.half", ".half"}) {
            Path other = Files.createDirectory(files.resolve("with " + name));
            Files.writeString(other.resolve(name), "x,y\n");

            assertRefused(other, "holds something else");
            assertThat(content(other)).isEqualTo(Map.of(name, "x,y\n"));
        }
        Path nested = files.resolve("nested");
        Files.createDirectories(nested.resolve("one.csv"));
        assertRefused(nested, "holds something else");

        Path elsewhere = Files.writeString(files.resolve("elsewhere"), "a,b\n");
        Path link = Files.createDirectory(files.resolve("link"));
        Files.createSymbolicLink(link.resolve("one.csv"), elsewhere);
        assertRefused(link, "holds something else");
    }

    @Test
    void refusesWhatCannotBeADirectory() throws IOException {
        Path file = Files.writeString(files.resolve("file"), "x");

        assertRefused(file, "holds something else");
        assertRefused(file.resolve("below"), "cannot be written");
        assertThat(file).hasContent("x");
    }

    private void assertRefused(Path directory, String sentence) {
        assertThatThrownBy(() -> write(directory)).isInstanceOf(WrongUse.class).hasMessageContaining(sentence);
    }
}
