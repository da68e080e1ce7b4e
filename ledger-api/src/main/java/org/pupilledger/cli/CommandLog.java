package org.pupilledger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.security.SecurityLog;
import org.pupilledger.terminal.ExitCode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps, beside the ledger, which commands opened it: a JSON object on a line, as the server's security log has them. It
 * names the command and none of what was typed after it.
 */
final class CommandLog {
    /** In the data directory. */
    static final String FILE = "security.log";

    /** What was before is kept once, in a file with {@code .1} behind its name. */
    static final long MAX_BYTES = 5 << 20;

    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private CommandLog() {}

    /** @param command its name, such as {@code log rotate-key} */
    static void append(Path dataDirectory, String command, int exitCode, Instant at) throws IOException {
        boolean isDone = exitCode != ExitCode.WRONG_USE;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("@timestamp", at.toString());
        line.put("log", Map.of("level", isDone ? "INFO" : "WARN", "logger", SecurityLog.NAME));
        line.put("message", "command " + command + ", exit code " + exitCode);
        line.put("event", Map.of("action", "command", "outcome", isDone ? "success" : "failure"));
        line.put("ledger", Map.of("command", command, "exitCode", exitCode));
        Path file = dataDirectory.resolve(FILE);
        if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
            Files.move(file, dataDirectory.resolve(FILE + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel out = FileChannel.open(file, APPEND, PrivateFiles.FILE_MODE)) {
            out.write(ByteBuffer.wrap((JsonMapper.shared().writeValueAsString(line) + "\n").getBytes(UTF_8)));
        }
    }
}
