package org.pupilledger.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pupilledger.cluster.EmbeddedCluster;

/**
 * Measures this machine, in a directory of its own, which is removed afterwards: appending, sealing, replaying and verifying
 * beside what they are built on; publishing and timelines; the packaged program, where it is named.
 *
 * <p>Options, each followed by its value: {@code --only} one of the parts (default: all); {@code --rounds}, interleaved, of
 * which medians are reported (5); {@code --lives}, requests per caller and measurement (250); {@code --entries} to replay,
 * verify, publish and tell of (1000000); {@code --import-lines} of the file to import (100000); {@code --server}, the jar.
 */
public final class Benchmark {
    private static final List<String> PARTS =
            List.of("append", "seal", "replay", "verify", "editions", "timelines", "bundles", "server");
    private static final Set<String> OPTIONS =
            Set.of("--only", "--rounds", "--lives", "--entries", "--import-lines", "--server");

    private final Map<String, String> options;
    private final Path directory;

    private Benchmark(Map<String, String> options, Path directory) {
        this.options = options;
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("Each option is one of " + OPTIONS + ", and has a value.");
            }
            options.put(args[i], args[i + 1]);
        }
        if (!PARTS.contains(options.getOrDefault("--only", PARTS.getFirst()))) {
            throw new IllegalArgumentException("--only is one of " + PARTS + ".");
        }
        Path directory = Files.createTempDirectory("ledger-benchmark");
        try {
            new Benchmark(options, directory).run();
        } finally {
            delete(directory);
        }
    }

    private void run() throws Exception {
        if (PARTS.stream().anyMatch(part -> isWanted(part) && !part.equals("server"))) {
            try (EmbeddedCluster cluster = EmbeddedCluster.start(directory.resolve("cluster"))) {
                run(cluster);
            }
        }
        if (isWanted("server")) {
            String program = options.get("--server");
            if (program == null) {
                System.out.println("The server is not measured: name the packaged program with --server.");
            } else {
                new ServerBenchmark(Path.of(program).toAbsolutePath(), of("server"), System.out::println)
                        .run(number("--import-lines", 100_000), rounds());
            }
        }
    }

    private void run(EmbeddedCluster cluster) throws Exception {
        int lives = number("--lives", 250);
        int entries = number("--entries", 1_000_000);
        if (isWanted("append")) {
            new AppendBenchmark(cluster, of("log"), System.out::println).run(lives, rounds());
        }
        if (isWanted("seal")) {
            new SealBenchmark(cluster, of("logs"), System.out::println).run(lives, rounds());
        }
        if (isWanted("replay")) {
            new ReplayBenchmark(cluster, of("replay"), System.out::println).run(entries, rounds());
        }
        if (isWanted("verify")) {
            new VerifyBenchmark(cluster, of("verify"), System.out::println).run(entries, rounds());
        }
        if (isWanted("bundles")) {
            new BundleBenchmark(cluster, of("bundles"), System.out::println).run(entries, rounds());
        }
        if (isWanted("editions")) {
            new EditionBenchmark(cluster, of("editions"), System.out::println).run(entries, rounds());
        }
        if (isWanted("timelines")) {
            new TimelineBenchmark(cluster, of("timelines"), System.out::println).run(entries);
        }
    }

    private Path of(String name) {
        return directory.resolve(name);
    }

    private boolean isWanted(String part) {
        return options.getOrDefault("--only", part).equals(part);
    }

    private int rounds() {
        return number("--rounds", 5);
    }

    private int number(String option, int otherwise) {
        return Integer.parseInt(options.getOrDefault(option, "" + otherwise));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
