package org.pupilledger.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of somebody else that reads what is written here. Where it is not installed the test is skipped, and fails with
 * {@code REQUIRE_TOOLS=1} in the environment.
 */
record Tool(Path program) {
    private static final long TIMEOUT_S = 120;

    static Tool libreOffice() {
        return first("soffice", "libreoffice");
    }

    static Tool chromium() {
        return first("chromium", "chromium-browser", "google-chrome");
    }

    private static Tool first(String... names) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : names) {
                Path program = Path.of(directory, name);
                if (Files.isExecutable(program)) {
                    return new Tool(program);
                }
            }
        }
        String missing = names[0] + " is not installed";
        return "1".equals(System.getenv("REQUIRE_TOOLS")) ? fail(missing) : abort(missing);
    }

    /**
     * Runs it to its end.
     *
     * @return its standard output
     */
    String run(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .collect(ArrayList::new, List::add, List::addAll);
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            fail(program + " does not end");
        }
        assertThat(process.exitValue())
                .as(() -> {
                    try {
                        return Files.readString(err, StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
