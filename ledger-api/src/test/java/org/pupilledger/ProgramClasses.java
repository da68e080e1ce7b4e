package org.pupilledger;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program's classes as a virtual machine finds them soonest: in jars, and in an archive that a first server left of
 * those it had read. A process then starts in half the time.
 */
final class ProgramClasses {
    private static final Path DIRECTORY = Path.of("target", "program-classes").toAbsolutePath();
    private static final Path ARCHIVE = DIRECTORY.resolve("classes.jsa");

    /** Only jars can be in the archive. */
    private static final String PATH = Stream.of(
                    System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
            // an empty one is the working directory, in which the jars themselves are
            .filter(entry -> !entry.isEmpty() && Files.exists(Path.of(entry)))
            .map(entry -> Files.isDirectory(Path.of(entry)) ? jarOf(entry) : entry)
            .collect(Collectors.joining(File.pathSeparator));

    private ProgramClasses() {}

    /** Options of the virtual machine. Without the archive all would be the same, and slower. */
    static List<String> options() {
        return List.of("-XX:SharedArchiveFile=" + Made.ARCHIVE, "-Xlog:disable", "-cp", PATH);
    }

    private static String jarOf(String directory) {
        try {
            Files.createDirectories(DIRECTORY);
            Path jar = Files.createTempFile(DIRECTORY, "classes", ".jar");
            ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.out, System.err, "--create", "--no-compress", "--file=" + jar, "-C", directory, ".");
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Made {
        static final Path ARCHIVE = make();

        private static Path make() {
            Path ledger = TestServer.newLedgerDirectory();
            List<String> options =
                    new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + ProgramClasses.ARCHIVE, "-Xlog:disable"));
            options.addAll(List.of("-cp", PATH));
            Program.firstServer(options, List.of("--server.port=0", "--ledger.data-directory=" + ledger))
                    .stop();
            TestServer.delete(ledger);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> TestServer.delete(DIRECTORY)));
            return ProgramClasses.ARCHIVE;
        }
    }
}
