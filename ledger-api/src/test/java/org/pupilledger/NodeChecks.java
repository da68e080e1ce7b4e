package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The script of the page {@code /check}, run by Node over many cases in one process. */
final class NodeChecks {
    /** The first in which WebCrypto is global and knows Ed25519. */
    private static final int NEEDED = 20;

    private static final int LIMIT_S = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private static final String PROGRAM = """
            import { readFileSync, writeFileSync } from 'node:fs';
            import * as checks from './check.mjs';

            const [, , from, to] = process.argv;
            const bytesOf = (one) => new Uint8Array(one.file ? readFileSync(one.file) : Buffer.from(one.base64, 'base64'));
            const run = async (one) => {
              switch (one.what) {
                case 'check': return checks.check(bytesOf(one), one.keys);
                case 'key': return { isRead: await checks.parseKey(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(one))) !== null };
                case 'note': return { isRead: checks.parseNote(bytesOf(one)) !== null };
                case 'receipt': return { isRead: checks.parseReceipt(bytesOf(one)) !== null };
                case 'constants': return { types: checks.EVENT_TYPES, rules: checks.RULES, profile: checks.PROFILE };
              }
            };
            const cases = JSON.parse(readFileSync(from, 'utf8'));
            const answers = [];
            for (let first = 0; first < cases.length; first += 16) {
              answers.push(...await Promise.all(cases.slice(first, first + 16).map(run)));
            }
            writeFileSync(to, JSON.stringify(answers));
            """;

    private final Path directory;

    /** What is asked of the script; either the bytes, or the name of a file with them. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    record Case(String what, byte[] base64, String file, String keys) {
        static Case read(String what, byte[] bytes) {
            return new Case(what, bytes, "", "");
        }

        static Case check(byte[] bytes, String keys) {
            return new Case("check", bytes, "", keys);
        }

        static Case check(Path file, String keys) {
            return new Case("check", new byte[0], file.toString(), keys);
        }
    }

    /** @param directory to write to */
    NodeChecks(Path directory) throws IOException {
        this.directory = directory;
        try (InputStream script = new ClassPathResource("assets/check.js").getInputStream()) {
            Files.copy(script, directory.resolve("check.mjs"));
        }
        Files.writeString(directory.resolve("run.mjs"), PROGRAM);
    }

    /** Skips the test where Node is not there. */
    static void assumeIsThere() {
        assumeTrue(
                version() >= NEEDED,
                "Node " + NEEDED
                        + " or later is not installed: that the browser's check agrees with Java is not tested");
    }

    private static int version() {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            String version = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
            return version.matches("v[0-9]+\\..*") ? Integer.parseInt(version.substring(1, version.indexOf('.'))) : 0;
        } catch (IOException notThere) {
            return 0;
        }
    }

    /** The answers, in the order of the cases. */
    List<JsonNode> run(List<Case> cases) throws IOException, InterruptedException {
        Path from = directory.resolve("cases.json");
        Path to = directory.resolve("answers.json");
        Files.write(from, JSON.writeValueAsBytes(cases));
        Process node = new ProcessBuilder("node", "run.mjs", from.toString(), to.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("node.txt").toFile())
                .start();
        boolean hasEnded = node.waitFor(LIMIT_S, TimeUnit.SECONDS);
        node.destroyForcibly();
        if (!hasEnded || node.exitValue() != 0) {
            throw new AssertionError("the script failed: " + Files.readString(directory.resolve("node.txt")));
        }
        List<JsonNode> answers = new ArrayList<>();
        JSON.readTree(Files.readAllBytes(to)).forEach(answers::add);
        return answers;
    }
}
