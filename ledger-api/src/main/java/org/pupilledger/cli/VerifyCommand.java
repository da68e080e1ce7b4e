package org.pupilledger.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.BackupHead;
import org.pupilledger.backup.BackupVerification;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.VerifiedBundles;
import org.pupilledger.diagnosis.ReceiptVerification;
import org.pupilledger.diagnosis.ReceiptVerification.Verdict;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.logs.LogDirectory;
import org.pupilledger.logs.LogVerification;
import org.pupilledger.logs.TiledLog;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.TlogProof;
import org.pupilledger.merkle.VerifiedEntry;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.GivenFile;
import org.pupilledger.terminal.LogAtAddress;
import org.pupilledger.terminal.Pins;
import org.pupilledger.terminal.VerificationProgress;
import org.pupilledger.terminal.VerifiedDatabase;
import org.pupilledger.terminal.WrongUse;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.LogSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks whether anything was changed. Writes nothing to what it looks at. */
@Command(
        name = "verify",
        description = {
            "Verify the whole ledger, a receipt, an exported log, or an audit bundle: whether anything was changed,"
                    + " removed, put in or put back, and where first; of a bundle also whether each figure follows from"
                    + " the entries.",
            "It needs no server and changes nothing. It also works on a ledger that the server refuses to serve."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {
            "0:all is as it was signed",
            "1:it is not; each break and each difference is named",
            "2:wrong use, or it cannot be read",
            "3:a bundle or an exported log is as it was signed, but nothing outside it vouches for the key"
        })
final class VerifyCommand extends Verifying {
    /** For one answer of a log at an address. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..2",
            description =
                    "a receipt, the directory of an exported log or the http address of one, or an audit bundle, with"
                            + " which a later one may be given to see whether anything was kept back (default: the"
                            + " database that the settings mean)")
    private List<String> given = List.of();

    @Option(
            names = "--key",
            paramLabel = "VKEY|FILE",
            description = "a verifier key to believe, or a file with some (default: the ledger's key file)")
    private List<String> keys = List.of();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "an older checkpoint that you hold, which must still be true")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "keep the state of a long verification there, and go on from it; removed at the end")
    private @Nullable Path resume;

    @Override
    public Integer call() {
        if (resume != null && !given.isEmpty()) {
            throw new WrongUse("--resume is for the database.");
        }
        if (given.isEmpty()) {
            return verifyDatabase();
        }
        try {
            return LogAtAddress.isLike(given.getFirst()) ? verifyAddress(given.getFirst()) : verifyFile();
        } catch (OutOfMemoryError e) {
            throw new WrongUse(Bundle.Unreadable.NO_MEMORY);
        }
    }

    private int verifyFile() {
        Path what = Path.of(given.getFirst());
        if (!Files.isDirectory(what)) {
            GivenFile.check(what, "The file");
        }
        if (given.size() == 1 && Bundle.isFull(what)) {
            return verifyFull(what);
        }
        if (Bundle.isLike(what)) {
            return verifyBundles(given.stream().map(Path::of).toList());
        }
        checkIsOne();
        return Files.isDirectory(what) ? verifyDirectory(what) : verifyReceipt(what);
    }

    private void checkIsOne() {
        if (given.size() > 1) {
            throw new WrongUse("Only audit bundles are verified two at a time.");
        }
    }

    private VerificationProgress progress() {
        return new VerificationProgress(told(), resume);
    }

    private int verifyDatabase() {
        Pins pins = pins(keys);
        List<byte[]> held = held(checkpoints);
        VerificationProgress progress = progress();
        return inspected(ledger -> new VerifiedDatabase(ledger, findings()).run(pins, held, progress));
    }

    /**
     * The keys given, those at hand, or those that a log itself brings along, as {@code from} says.
     *
     * @param own keys that it brings along, which are believed where there are no others
     */
    private LogVerifier believed(Pins pins, LogSource log, @Nullable List<VerifierKey> own, String from) {
        return pins.areGiven()
                ? pins.given()
                : inspected(ledger -> pins.ofKeyFile(ledger.files(), log.checkpoint())
                        .orElseGet(() ->
                                pins.introduced(Objects.requireNonNullElse(own, List.of()), from, Optional.empty())));
    }

    private int verifyDirectory(Path directory) {
        LogDirectory log = new LogDirectory(directory);
        byte[] note = log.checkpoint();
        if (note == null ? !Files.exists(directory.resolve("tile")) : !isCheckpoint(note)) {
            throw new WrongUse("The directory is not readable as an exported log: its file checkpoint is none.");
        }
        List<VerifierKey> own = Pins.readKeys(directory.resolve("key")).orElse(List.of());
        return verifyLog(log, own, "the directory itself holds", "in the directory");
    }

    private int verifyAddress(String address) {
        checkIsOne();
        try (LogAtAddress log = logAt(address)) {
            if (!isCheckpoint(log.checkpoint())) {
                throw new WrongUse("There is no log at the address: its checkpoint, under /checkpoint, is none.");
            }
            return verifyLog(log, log.keys(), "the log itself shows", "at the address");
        }
    }

    private static LogAtAddress logAt(String address) {
        try {
            return new LogAtAddress(URI.create(address), PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new WrongUse("The address is none of a log. It has the form http://host/path, without ? and #.");
        }
    }

    private int verifyLog(TiledLog log, @Nullable List<VerifierKey> own, String from, String where) {
        Pins pins = pins(keys);
        LogVerifier believed = believed(pins, log, own, from);
        VerificationProgress progress = progress();
        try {
            Report report = new LogVerification(log, believed)
                    .holding(held(checkpoints))
                    .run(progress::at);
            progress.end();
            String how = log.hasEntries() ? ", " : ", hashes only, since there are no entries " + where + ", ";
            int found = findings().of(report, how + believed.origin());
            return found == 0 ? findings().verified(pins) : found;
        } finally {
            progress.end();
        }
    }

    private LogVerifier ofBundle(Pins pins, Path file) {
        try (Bundle bundle = Bundle.open(file)) {
            return believed(pins, bundle, bundle.keys(), "the bundle itself holds");
        }
    }

    private int verifyBundles(List<Path> files) {
        if (!files.stream().allMatch(Bundle::isLike)) {
            throw new WrongUse("The second file is no bundle.");
        }
        Pins pins = pins(keys);
        VerifiedBundles found = VerifiedBundles.of(files, ofBundle(pins, files.getFirst()), held(checkpoints));
        if (!found.breaks().isEmpty()) {
            if (found.isOfBoth()) {
                err().println("What follows is of the two bundles together.");
            } else if (files.size() > 1) {
                err().println("What follows is of the bundle given as number " + found.number() + ".");
            }
            return findings().ofBreaks(found.breaks());
        }
        found.verified().forEach(line -> out().println("verified: " + line));
        return findings().verified(pins);
    }

    private int verifyFull(Path file) {
        Pins pins = pins(keys);
        LogVerifier believed = ofBundle(pins, file);
        try (BackupVerification verification = BackupVerification.open(file, believed, held(checkpoints))
                .authenticatedBy(inspected(LedgerInspection::eventKeys))) {
            List<Break> breaks = verification.run();
            if (!breaks.isEmpty()) {
                return findings().ofBreaks(breaks);
            }
            BackupHead head = verification.verified().head();
            findings().whoseIsUnknown(verification.verified().notAuthenticated(), head.entries());
            out().println("verified: full bundle, " + head.entries() + " entries and " + head.checkpoints()
                    + " checkpoints, " + head.origin());
            return findings().verified(pins);
        }
    }

    private int verifyReceipt(Path file) {
        if (!checkpoints.isEmpty()) {
            throw new WrongUse(
                    "--checkpoint is for a database, a directory or a bundle: a receipt says nothing about other"
                            + " checkpoints.");
        }
        byte[] receipt = GivenFile.read(file, TlogProof.MAX_BYTES, "The receipt");
        TlogProof proof = TlogProof.parse(receipt)
                .filter(it -> it.extra() != null && isCheckpoint(it.checkpoint()))
                .orElseThrow(() -> new WrongUse(
                        "The file is not readable as a receipt, and is nothing else that is verified. A receipt is kept"
                                + " byte for byte as it was got, without a byte-order mark and with lines that end in a line"
                                + " feed only."));
        Pins pins = pins(keys);
        LogVerifier believed = pins.areGiven()
                ? pins.given()
                : inspected(ledger -> pins.ofKeyFile(ledger.files(), proof.checkpoint()))
                        .orElseThrow(() -> new WrongUse(
                                "Give the key of the log with --key: a receipt proves nothing by itself."));
        return switch (ReceiptVerification.of(receipt, believed)) {
            case Verdict.Proved(VerifiedEntry proved) -> {
                out().println("verified: position " + proved.index() + " of "
                        + proved.checkpoint().size() + " entries, " + believed.origin());
                out().println(new String(proved.entry(), StandardCharsets.UTF_8));
                yield 0;
            }
            case Verdict.Broken(Break found) -> findings().ofBreaks(List.of(found));
        };
    }
}
