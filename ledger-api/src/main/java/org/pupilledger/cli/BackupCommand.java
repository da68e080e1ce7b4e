package org.pupilledger.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.Backup;
import org.pupilledger.backup.BackupHead;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.Findings;
import org.pupilledger.terminal.StillWorking;
import org.pupilledger.terminal.WrongUse;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the whole ledger into one file. */
@Command(
        name = "backup",
        description = {
            "Write the full bundle: the whole ledger up to its newest checkpoint, from which restore makes it again.",
            "The file holds the salts of all entries and the names of users, so only its owner can read it. It does not"
                    + " hold the private key: keep that apart."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {
            "0:written",
            "1:written, but without events that were recorded and are not sealed; how many is said",
            "2:wrong use, or nothing was written"
        })
final class BackupCommand extends Subcommand {
    private static final int MIB_BITS = 20;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "the file, which must not exist yet")
    private @Nullable Path out;

    @Option(names = "--quiet", description = "no progress")
    private boolean isQuiet;

    @Override
    public Integer call() {
        return write(this, Objects.requireNonNull(out), isQuiet);
    }

    /**
     * Writes it.
     *
     * @param file appears whole, or not at all
     * @param isQuiet without progress
     * @return the exit code
     */
    static int write(Subcommand told, Path file, boolean isQuiet) {
        AtomicLong written = new AtomicLong();
        try (StillWorking _ = new StillWorking(
                        isQuiet ? null : told.err(), () -> (written.get() >> MIB_BITS) + " MiB written");
                ConfigurableApplicationContext context = told.ledger().inspectLedger();
                Backup backup = context.getBean(LedgerInspection.class).backup()) {
            PrivateFiles.create(file.toAbsolutePath(), to -> backup.writeTo(counting(to, written)));
            told.ledger().noted(context);
            BackupHead head = backup.head();
            told.out()
                    .println("written: " + head.entries() + " entries and " + head.checkpoints() + " checkpoints of "
                            + head.origin());
            Findings.ofWhoseIsUnknown(backup.notAuthenticated(), head.entries()).ifPresent(told.err()::println);
            if (backup.leftOut() > 0) {
                told.err()
                        .println("NOT IN IT are " + backup.leftOut() + " events that were recorded: they are not sealed"
                                + " yet. Start the server, or look in its health at what keeps it from sealing, and then"
                                + " back up again.");
            }
            return backup.leftOut() > 0 ? ExitCode.FINDING : 0;
        } catch (FileAlreadyExistsException e) {
            throw new WrongUse("The file of --out exists already, and is never overwritten.");
        } catch (IOException e) {
            throw new WrongUse("The file of --out cannot be written.");
        }
    }

    private static OutputStream counting(OutputStream to, AtomicLong written) {
        return new FilterOutputStream(to) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
                written.addAndGet(count);
            }
        };
    }
}
