package org.pupilledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.merkle.LogVerifier;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The classes that the pom packs into the standalone verifier are enough for it, without any other. */
class StandaloneTest {
    private static final long MAX_BYTES = 5_000_000;

    /** Gives the classes that are packed, and of all others those of the JDK alone. */
    private static final class Packed extends ClassLoader {
        private final List<Path> roots = new ArrayList<>();
        private final List<List<PathMatcher>> includes = new ArrayList<>();
        private final List<List<PathMatcher>> excludes = new ArrayList<>();

        Packed() throws Exception {
            super(ClassLoader.getPlatformClassLoader());
            Element pom = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of("pom.xml").toFile())
                    .getDocumentElement();
            NodeList filters = pom.getElementsByTagName("filter");
            for (int i = 0; i < filters.getLength(); i++) {
                Element filter = (Element) filters.item(i);
                String artifact =
                        filter.getElementsByTagName("artifact").item(0).getTextContent();
                if (artifact.startsWith("org.pupilledger:")) {
                    roots.add(root(artifact.endsWith("core") ? LogVerifier.class : VerifyBundle.class));
                    includes.add(patterns(filter, "include"));
                    excludes.add(patterns(filter, "exclude"));
                }
            }
        }

        /** A directory of classes, or a jar, whichever Maven gives. */
        private static Path root(Class<?> type) throws Exception {
            Path source = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isDirectory(source)
                    ? source
                    : FileSystems.newFileSystem(source).getPath("/");
        }

        private static List<PathMatcher> patterns(Element filter, String name) {
            List<PathMatcher> patterns = new ArrayList<>();
            NodeList found = filter.getElementsByTagName(name);
            for (int i = 0; i < found.getLength(); i++) {
                patterns.add(FileSystems.getDefault()
                        .getPathMatcher("glob:" + found.item(i).getTextContent()));
            }
            return patterns;
        }

        List<Path> files() throws IOException {
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < roots.size(); i++) {
                Path root = roots.get(i);
                int of = i;
                try (Stream<Path> all = Files.walk(root)) {
                    all.filter(file -> file.toString().endsWith(".class"))
                            .filter(file ->
                                    isPacked(of, Path.of(root.relativize(file).toString())))
                            .forEach(files::add);
                }
            }
            return files;
        }

        private boolean isPacked(int root, Path name) {
            return (includes.get(root).isEmpty() || includes.get(root).stream().anyMatch(one -> one.matches(name)))
                    && excludes.get(root).stream().noneMatch(one -> one.matches(name));
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Path file = Path.of(name.replace('.', '/') + ".class");
            for (int i = 0; i < roots.size(); i++) {
                if (isPacked(i, file) && Files.exists(roots.get(i).resolve(file.toString()))) {
                    try (InputStream in = Files.newInputStream(roots.get(i).resolve(file.toString()))) {
                        byte[] bytes = in.readAllBytes();
                        return defineClass(name, bytes, 0, bytes.length);
                    } catch (IOException e) {
                        throw new ClassNotFoundException(name, e);
                    }
                }
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void itVerifiesBundlesWithNothingButWhatIsPacked() throws Exception {
        Packed packed = new Packed();
        Method run = packed.loadClass(VerifyBundle.class.getName())
                .getDeclaredMethod("run", List.class, PrintStream.class, PrintStream.class);
        run.setAccessible(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);

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

    @Test
    void itIsSmallAndKnowsNoSpringAndNoSql() throws Exception {
        long bytes = 0;
        for (Path file : new Packed().files()) {
            byte[] content = Files.readAllBytes(file);
            bytes += content.length;
            assertThat(new String(content, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("org/springframework", "java/sql", "javax/sql", "tools/jackson", "org/postgresql");
        }
        assertThat(bytes).isBetween(100_000L, MAX_BYTES);
    }
}
