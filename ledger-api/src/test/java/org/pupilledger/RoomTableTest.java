package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rooms are small, and the map of them in the README is what their faces say; run with {@code -Dledger.docs=write} to renew it. */
class RoomTableTest {
    private static final int MAX_ROOM_LINES = 2_500;
    private static final int MAX_CLASS_LINES = 350;
    private static final List<String> MODULES = List.of("ledger-core", "ledger-projections", "ledger-api");
    private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    private static final Path README = HOUSE.resolve("README.md");
    private static final boolean IS_WRITING = "write".equals(System.getProperty("ledger.docs"));
    private static final String HEAD = "| Module | Room | What is in it |\n|---|---|---|\n";

    private static final Pattern DESCRIPTION = Pattern.compile("<description>(.*)</description>");
    /** The first sentence of the comment before the package. */
    private static final Pattern FACE = Pattern.compile("(?s)/\\*\\*(.*?[.])(\\s|\\*/)");

    @Test
    void saysWhatEachRoomSaysOfItself() throws IOException {
        String readme = Files.readString(README, UTF_8);
        int from = readme.indexOf(HEAD);
        assertThat(from).isPositive();
        int to = readme.indexOf("\n\n", from) + 1;

        String table = table();

        if (IS_WRITING) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to), UTF_8);
        } else {
            assertThat(readme.substring(from, to)).isEqualTo(table);
        }
    }

    /** Whoever comes next reads a room in a morning, and a class without scrolling for long. */
    @Test
    void keepsRoomsAndClassesSmall() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        for (String module : MODULES) {
            Path root = HOUSE.resolve(module).resolve("src/main/java/org/pupilledger");
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    int count = Files.readAllLines(file, UTF_8).size();
                    assertThat(count).as(file.getFileName().toString()).isLessThanOrEqualTo(MAX_CLASS_LINES);
                    lines.merge(root.relativize(file.resolveSibling("")).toString(), count, Integer::sum);
                }
            }
        }
        assertThat(lines).isNotEmpty();
        lines.forEach((room, count) -> assertThat(count).as("room " + room).isLessThanOrEqualTo(MAX_ROOM_LINES));
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder(HEAD);
        for (String module : MODULES) {
            String pom = Files.readString(HOUSE.resolve(module).resolve("pom.xml"), UTF_8);
            row(table, "`" + module + "`", "", first(DESCRIPTION, pom));
            Path root = HOUSE.resolve(module).resolve("src/main/java/org/pupilledger");
            try (Stream<Path> faces = Files.walk(root, 2)) {
                for (Path face : faces.filter(path -> path.endsWith("package-info.java"))
                        .sorted()
                        .toList()) {
                    Path room = root.relativize(face.resolveSibling(""));
                    String name = room.toString().isEmpty() ? "(root)" : "`" + room + "`";
                    row(table, "", name, first(FACE, Files.readString(face, UTF_8)));
                }
            }
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String module, String room, String what) {
        table.append("| ").append(module).append(" | ").append(room).append(" | ");
        table.append(what).append(" |\n");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1).replaceAll("\\s*\\n \\*", "").strip();
    }
}
