package org.pupilledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The jar of the standalone verifier is enough for it, without any other. */
class StandaloneTest {
    private static final long MAX_BYTES = 5_000_000;

    /** Maven packs it before the tests of this module; not where only tests were asked for. */
    private static Path jar() {
        Path jar = Path.of("..", "ledger-core", "target", "ledger-verifier.jar");
        assumeThat(jar).as("packed, as mvn verify does").exists();
        return jar;
    }

    @Test
    void itVerifiesBundlesWithNothingButWhatIsPacked() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (URLClassLoader packed =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Method run = packed.loadClass(VerifyBundle.class.getName())
                    .getDeclaredMethod("run", List.class, PrintStream.class, PrintStream.class);
            run.setAccessible(true);

            @Nullable
            Object exitCode = run.invoke(
                    null,
                    List.of(
                            "--key",
                            WorkedExampleTest.kept("key").toString(),
                            WorkedExampleTest.kept("2023-Q3-public.zip").toString(),
                            WorkedExampleTest.kept("2023-Q4-public.zip").toString()),
                    to,
                    to);

            assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("verified: edition 2023-Q3 revision 1");
            assertThat(Objects.requireNonNull(exitCode)).isEqualTo(0);
        }
    }

    @Test
    void itIsSmallAndKnowsNoSpringAndNoSql() throws Exception {
        long bytes = 0;
        try (JarFile packed = new JarFile(jar().toFile())) {
            for (JarEntry entry : Collections.list(packed.entries())) {
                byte[] content = packed.getInputStream(entry).readAllBytes();
                bytes += content.length;
                if (entry.getName().endsWith(".class")) {
                    assertThat(new String(content, StandardCharsets.ISO_8859_1))
                            .as(entry.getName())
                            .doesNotContain(
                                    "org/springframework", "java/sql", "javax/sql", "tools/jackson", "org/postgresql");
                }
            }
        }
        assertThat(bytes).isBetween(100_000L, MAX_BYTES);
    }
}
