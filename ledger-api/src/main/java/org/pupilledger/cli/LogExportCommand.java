package org.pupilledger.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.export.LogExport;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the sealed log as files. */
@Command(
        name = "export",
        description = {
            "Write the sealed log as files that a plain file server can serve (C2SP tlog-tiles), and verify can check.",
            "Into a directory that holds an earlier export of the same log it adds what is new. Partial tiles of earlier"
                    + " exports stay: somebody may hold the checkpoint that they belong to."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {"0:written", "2:wrong use, or it cannot be written"})
final class LogExportCommand extends Subcommand {
    @Parameters(paramLabel = "DIR", description = "the directory, made where there is none")
    private @Nullable Path directory;

    @Option(names = "--entries", description = "also the entries, not only their hashes")
    private boolean withEntries;

    @Option(names = "--public", description = "up to the public checkpoint (default: the newest)")
    private boolean isPublic;

    @Override
    public Integer call() {
        return inspected(ledger -> {
            LogReader log = ledger.log();
            Optional<Sealed> checkpoint = isPublic ? log.ofPublic() : log.newest();
            if (checkpoint.isEmpty()) {
                throw new WrongUse("The ledger has no such checkpoint yet.");
            }
            LogExport.Written written = new LogExport(
                            log, Objects.requireNonNull(directory).toAbsolutePath(), withEntries)
                    .write(checkpoint.get());
            out().println("exported: " + written.size() + " entries of " + written.origin() + ", " + written.files()
                    + " files written");
            return 0;
        });
    }
}
