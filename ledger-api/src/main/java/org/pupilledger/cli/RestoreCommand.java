package org.pupilledger.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.BackupHead;
import org.pupilledger.backup.BackupVerification;
import org.pupilledger.backup.Restoration.Restored;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.BundleVerification;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.node.LedgerRestore;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.GivenFile;
import org.pupilledger.terminal.Pins;
import org.pupilledger.terminal.StillWorking;
import org.pupilledger.terminal.WrongUse;
import org.pupilledger.verdict.Break;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a ledger from a full bundle. */
@Command(
        name = "restore",
        description = {
            "Make the ledger of a full bundle again, in an empty data directory or a database without events: the same"
                    + " positions, hashes, checkpoints and figures.",
            "Everything that is signed is verified before anything is written: entries, metadata, checkpoints. The"
                    + " names of users behind their ids and the claims of imported lines are bound by no signature."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {
            "0:restored",
            "1:the bundle is not as it was signed; nothing was written",
            "2:wrong use, or it cannot be restored there"
        })
final class RestoreCommand extends Verifying {
    @Parameters(paramLabel = "FILE", description = "the full bundle")
    private @Nullable Path bundle;

    @Option(
            names = "--key",
            paramLabel = "VKEY|FILE",
            description = "a verifier key to believe, or a file with some (default: those in the bundle, which prove"
                    + " nothing about whose log it is)")
    private List<String> keys = List.of();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "a checkpoint that you hold, which must not be taken back")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--key-file",
            paramLabel = "PEM",
            description = "the private key that signs the log, of which a copy is put where the server looks for it")
    private @Nullable Path keyFile;

    @Override
    public Integer call() {
        Path file = Objects.requireNonNull(bundle);
        GivenFile.check(file, "The full bundle");
        AtomicReference<String> phase = new AtomicReference<>("verifying the full bundle");
        Path pem = keyFile;
        try (StillWorking _ = new StillWorking(told(), phase::get);
                BackupVerification verification = BackupVerification.open(file, pinned(file), held(checkpoints))
                        .authenticatedBy(pem == null ? null : EventKeys.in(pem))) {
            List<Break> breaks = verification.run();
            if (!breaks.isEmpty()) {
                breaks.forEach(found -> out().println(found.line()));
                return ExitCode.FINDING;
            }
            phase.set("verified; restoring");
            try (ConfigurableApplicationContext context = ledger().inspectLedger()) {
                print(context.getBean(LedgerRestore.class).restore(verification, pem));
                BackupVerification.Verified verified = verification.verified();
                findings()
                        .whoseIsUnknown(
                                verified.notAuthenticated(), verified.head().entries());
                ledger().noted(context);
                return 0;
            }
        } catch (OutOfMemoryError e) {
            throw new WrongUse(Bundle.Unreadable.NO_MEMORY);
        }
    }

    private LogVerifier pinned(Path file) {
        Pins pins = pins(keys);
        return pins.areGiven()
                ? pins.given()
                : pins.introduced(BundleVerification.keysIn(file), "the bundle itself holds", Optional.empty());
    }

    private void print(Restored restored) {
        BackupHead head = restored.head();
        out().println("restored: " + head.entries() + " entries and " + head.checkpoints() + " checkpoints of "
                + head.origin());
        restored.missingKey()
                .ifPresent(missing -> err().println(
                                "The private key is missing, without which no server starts: put it at " + missing
                                        + ", for its owner only (mode 600)."));
        if (restored.active().size() > 1 && restored.missingKey().isEmpty()) {
            err().println("Two keys sign this log at present. Put the other one beside the key file too, with .next"
                    + " behind its name.");
        }
        err().println("The figures are counted anew when the server starts.");
    }
}
