package org.pupilledger.cli;

import java.util.List;
import java.util.stream.Stream;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.seal.CatchUp;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.Pins;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;

/** Makes the files of the log as new as the database. */
@Command(
        name = "catch-up",
        description = {
            "Bring the checkpoint journal and the last signed state, where they are only older than the database, to its"
                    + " newest checkpoint.",
            "The whole database is verified first, with the key in the key file, and whatever is not simply older is refused."
                    + " No server may seal meanwhile. Make sure that the database is the newest there is: if somebody holds"
                    + " a checkpoint of more entries than this command names, do not go on with it."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {
            "0:they are as new as the database",
            "1:the database is not what was signed, and nothing was written",
            "2:wrong use, or they are not simply older, and nothing was written"
        })
final class CatchUpCommand extends Subcommand {
    @Override
    public Integer call() {
        return inspected(ledger -> {
            LogVerifier pinned = new Pins(List.of(), null, err())
                    .ofKeyFile(ledger.files(), null)
                    .orElseThrow(() -> new WrongUse("The key of the log is needed for this; put it in "
                            + ledger.files().keyFile() + "."));
            try (CatchUp catchUp = ledger.catchUp(withIntroduced(pinned.origin(), ledger))) {
                List<byte[]> notes = catchUp.notes();
                Report report = ledger.verification(pinned, null, ledger.eventKeys())
                        .holding(notes)
                        .lastSigned(catchUp.lastSigned())
                        .run((done, of, state) -> {});
                if (!report.isClean()) {
                    err().println("The database is not what was signed. The command verify says what else is wrong: "
                            + report.breaks().getFirst().sentence());
                    return ExitCode.FINDING;
                }
                CatchUp.Caught caught = catchUp.run(report.entries());
                Checkpoint newest = caught.newest();
                out().println("caught up: " + caught.checkpoints() + " checkpoints added, the newest covers "
                        + newest.size() + " entries of " + newest.origin());
                return 0;
            }
        });
    }

    /** Also those that signed before; the log vouches for them, and the verification for the log. */
    private static LogVerifier withIntroduced(String origin, LedgerInspection ledger) {
        List<VerifierKey> atHand = LogKeys.load(ledger.files().keyFile()).verifierKeys(origin);
        return new LogVerifier(
                origin,
                Stream.concat(atHand.stream(), ledger.log().allKeys().stream())
                        .distinct()
                        .toList());
    }
}
