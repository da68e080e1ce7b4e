package org.pupilledger.published;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.pupilledger.backup.Backup;
import org.pupilledger.backup.BackupHead;
import org.pupilledger.failure.Busy;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.limits.Weight;
import org.pupilledger.security.SecurityLog;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out the whole ledger, to whoever keeps it. One at a time, since each reads everything. */
@RestController
@Tag(name = "Audit")
final class FullBundleController {

    /** How many events are recorded and not in the bundle, since they are not sealed. */
    private static final String LEFT_OUT = "Ledger-Left-Out";

    private final Supplier<Backup> backups;
    private final SecurityLog log;
    private final Semaphore turn = new Semaphore(1);

    /** @param backups opens one, of all that is sealed by then */
    FullBundleController(Supplier<Backup> backups, SecurityLog log) {
        this.backups = backups;
        this.log = log;
    }

    @GetMapping(path = "/api/v1/audit/full-bundle", produces = BundlesController.ZIP)
    @Operation(
            summary = "The full bundle: the whole ledger, from which the command restore makes it again",
            description =
                    "It holds the salts of all entries and the names of users: keep it secret. It does not hold the"
                            + " private key. While another one is being written this is 429.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    @Weight(32)
    void fullBundle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!turn.tryAcquire()) {
            throw new Busy(Busy.With.BACKUP);
        }
        try {
            Path file = Files.createTempFile("full-bundle-", ".zip", PrivateFiles.FILE_MODE);
            try {
                BackupHead head = write(file, response);
                log.noteFullBundle();
                response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                BundlesController.send(file, "pupil-ledger-" + head.entries() + ".zip", request, response);
            } finally {
                Files.delete(file);
            }
        } finally {
            turn.release();
        }
    }

    /** To a file first: so a failure is told, and a slow caller keeps no snapshot of the database. */
    private BackupHead write(Path file, HttpServletResponse response) throws IOException {
        try (Backup backup = backups.get()) {
            PrivateFiles.write(file, backup::writeTo);
            response.setHeader(LEFT_OUT, Long.toString(backup.leftOut()));
            return backup.head();
        }
    }
}
