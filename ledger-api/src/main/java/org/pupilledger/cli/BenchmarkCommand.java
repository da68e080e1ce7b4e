package org.pupilledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.benchmark.AppendBenchmark;
import org.pupilledger.benchmark.BundleBenchmark;
import org.pupilledger.benchmark.EditionBenchmark;
import org.pupilledger.benchmark.ReplayBenchmark;
import org.pupilledger.benchmark.SealBenchmark;
import org.pupilledger.benchmark.TimelineBenchmark;
import org.pupilledger.benchmark.VerifyBenchmark;
import org.pupilledger.cluster.EmbeddedCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures this machine in a directory of its own, which is removed afterwards. */
@Command(
        name = "benchmark",
        description =
                "Measure appending, importing, rebuilding and verifying beside what they are built on; publishing and timelines.",
        mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    private static final List<String> PARTS =
            List.of("append", "seal", "replay", "verify", "editions", "timelines", "bundles", "server");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--rounds", description = "interleaved rounds, of which medians are reported (default: 5)")
    private int rounds = 5;

    @Option(names = "--lives", description = "requests per caller and measurement (default: 250)")
    private int lives = 250;

    @Option(names = "--entries", description = "entries to replay, verify, publish and tell of (default: 1000000)")
    private int entries = 1_000_000;

    @Option(names = "--import-lines", description = "lines of the file to import (default: 100000)")
    private int importLines = 100_000;

    @Option(
            names = "--only",
            description = "append, seal, replay, verify, editions, timelines, bundles or server (default: all)")
    private @Nullable String only;

    @Override
    public Integer call() throws Exception {
        if (only != null && !PARTS.contains(only)) {
            throw new WrongUse("--only is one of " + String.join(", ", PARTS) + ".");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path directory = Files.createTempDirectory("ledger-benchmark");
        try {
            if (only == null || !only.equals("server")) {
                try (EmbeddedCluster cluster = EmbeddedCluster.start(directory.resolve("cluster"))) {
                    if (isWanted("append")) {
                        new AppendBenchmark(cluster, directory.resolve("log"), line -> say(out, line))
                                .run(lives, rounds);
                    }
                    if (isWanted("seal")) {
                        new SealBenchmark(cluster, directory.resolve("logs"), line -> say(out, line))
                                .run(lives, rounds);
                    }
                    if (isWanted("replay")) {
                        new ReplayBenchmark(cluster, directory.resolve("replay"), line -> say(out, line))
                                .run(entries, rounds);
                    }
                    if (isWanted("verify")) {
                        new VerifyBenchmark(cluster, directory.resolve("verify"), line -> say(out, line))
                                .run(entries, rounds);
                    }
                    if (isWanted("bundles")) {
                        new BundleBenchmark(cluster, directory.resolve("bundles"), line -> say(out, line))
                                .run(entries, rounds);
                    }
                    if (isWanted("editions")) {
                        new EditionBenchmark(cluster, directory.resolve("editions"), line -> say(out, line))
                                .run(entries, rounds);
                    }
                    if (isWanted("timelines")) {
                        new TimelineBenchmark(cluster, directory.resolve("timelines"), line -> say(out, line))
                                .run(entries);
                    }
                }
            }
            if (isWanted("server")) {
                new ServerBenchmark(directory.resolve("server"), line -> say(out, line)).run(importLines, rounds);
            }
            return 0;
        } finally {
            delete(directory);
        }
    }

    private boolean isWanted(String part) {
        return only == null || only.equals(part);
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
