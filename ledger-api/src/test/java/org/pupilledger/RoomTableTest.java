package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the house in the README is what the faces of its rooms say; run with {@code -Dledger.docs=write} to renew it. */
class RoomTableTest {
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

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder(HEAD);
        for (String module : List.of("ledger-core", "ledger-projections", "ledger-api")) {
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
