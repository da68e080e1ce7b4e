package org.pupilledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.BackupHead;
import org.pupilledger.backup.BackupVerification;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.BundleReport;
import org.pupilledger.bundle.BundleVerification;
import org.pupilledger.bundle.Completeness;
import org.pupilledger.bundle.VerifyBundle;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.TlogProof;
import org.pupilledger.merkle.VerifiedEntry;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.schema.UnreadableEvent;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogRefused;
import org.pupilledger.seal.SealFailed;
import org.pupilledger.verdict.Break;
import org.pupilledger.verification.DatabaseVerification;
import org.pupilledger.verification.DirectoryVerification;
import org.pupilledger.verification.NotChecked;
import org.pupilledger.verification.ReceiptVerification;
import org.pupilledger.verification.ReceiptVerification.Verdict;
import org.pupilledger.verification.Report;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks whether anything was changed. Writes nothing to what it looks at. */
@Command(
        name = "verify",
        description = {
            "Verify the whole ledger, a receipt, an exported log, or an audit bundle: whether anything was changed,"
                    + " removed, put in or put back, and where first; of a bundle also whether each figure follows from"
                    + " the entries.",
            "It needs no server and changes nothing. It also works on a ledger that the server refuses to serve."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = LedgerCommand.WRONG_USE,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all is as it was signed",
            "1:it is not; each break and each difference is named",
            "2:wrong use, or it cannot be read",
            "3:a bundle or an exported log is as it was signed, but nothing outside it vouches for the key"
        })
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable LedgerCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..2",
            description =
                    "a receipt, the directory of an exported log, or an audit bundle, with which a later one may be"
                            + " given to see whether anything was kept back (default: the database that the settings"
                            + " mean)")
    private List<Path> given = List.of();

    @Option(
            names = "--key",
            paramLabel = "VKEY|FILE",
            description = "a verifier key to believe, or a file with some (default: the ledger's key file)")
    private List<String> keys = List.of();

    @Option(names = "--origin", description = "the log's origin (default: the name of the key)")
    private @Nullable String origin;

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

    @Option(names = "--quiet", description = "no progress")
    private boolean isQuiet;

    @Override
    public Integer call() {
        Path what = given.isEmpty() ? null : given.getFirst();
        if (resume != null && what != null) {
            throw new WrongUse("--resume is for the database.");
        }
        if (what == null) {
            return verifyDatabase(pins());
        }
        if (!Files.isDirectory(what)) {
            GivenFile.check(what, "The file");
        }
        try {
            if (given.size() == 1 && BackupVerification.isFull(what)) {
                return verifyFull(what, pins());
            }
            if (BundleVerification.isLike(what)) {
                return verifyBundles(pins());
            }
        } catch (Bundle.Unreadable e) {
            throw new WrongUse(e.getMessage() + "");
        } catch (OutOfMemoryError e) {
            throw new WrongUse(Bundle.Unreadable.NO_MEMORY);
        }
        if (given.size() > 1) {
            throw new WrongUse("Only audit bundles are verified two at a time.");
        }
        if (Files.isDirectory(what)) {
            return verifyDirectory(what, pins());
        }
        if (!checkpoints.isEmpty()) {
            throw new WrongUse(
                    "--checkpoint is for a database, a directory or a bundle: a receipt says nothing about other"
                            + " checkpoints.");
        }
        byte[] receipt = GivenFile.read(what, TlogProof.MAX_BYTES, "The receipt");
        if (!isReceipt(receipt)) {
            throw new WrongUse(
                    "The file is not readable as a receipt, and is nothing else that is verified. A receipt is kept"
                            + " byte for byte as it was got, without a byte-order mark and with lines that end in a line"
                            + " feed only.");
        }
        return verifyReceipt(receipt, pins());
    }

    private static boolean isReceipt(byte[] bytes) {
        return TlogProof.parse(bytes)
                .filter(proof -> proof.extra() != null)
                .filter(proof -> isCheckpoint(proof.checkpoint()))
                .isPresent();
    }

    private static boolean isCheckpoint(byte[] note) {
        return SignedNote.parse(note)
                .flatMap(signed -> Checkpoint.parse(signed.text()))
                .isPresent();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    private Pins pins() {
        return new Pins(keys, origin, err());
    }

    private ConfigurableApplicationContext inspectLedger() {
        return Objects.requireNonNull(parent).inspectLedger();
    }

    private int verifyDatabase(Pins pins) {
        List<byte[]> held = held();
        VerificationProgress progress = new VerificationProgress(isQuiet ? null : err(), resume);
        try (ConfigurableApplicationContext context = inspectLedger()) {
            LedgerInspection ledger = context.getBean(LedgerInspection.class);
            DatabaseVerification fromStart = ledger.verification(
                            believed(pins, ledger), journal(ledger.files()), ledger.eventKeys())
                    .holding(held);
            List<Break> ofFiles = new ArrayList<>();
            fromStart = withLastSigned(fromStart, ledger.files(), ofFiles);
            DatabaseVerification verification =
                    progress.kept().map(fromStart::resuming).orElse(fromStart);
            ledger.beforeClose(progress::interrupt);
            try {
                Report report = verification.run(progress);
                progress.forget();
                progress.end();
                tellWhoseIsUnknown(report.notAuthenticated(), report.entries());
                int found = print(report.and(ofFiles), inDatabase(report));
                NotChecked.OF_DATABASE.forEach(it -> out().println("not checked: " + it.text()));
                return found;
            } finally {
                progress.end();
            }
        }
    }

    /** Where the key is, the rest of what is kept outside the database has to be too. */
    private DatabaseVerification withLastSigned(DatabaseVerification verification, LogFiles files, List<Break> breaks) {
        if (!LogKeys.isAtHand(files.keyFile()) && !Files.exists(files.lastSignedFile())) {
            return verification;
        }
        try {
            return verification.lastSigned(LogIdentity.lastSigned(files));
        } catch (LogRefused missingOrDamaged) {
            breaks.add(new Break(
                    Files.exists(files.lastSignedFile()) ? Break.Kind.CHANGED : Break.Kind.MISSING,
                    0,
                    "The last signed state, for position 0 and all after it, is missing or damaged."));
            return verification;
        }
    }

    private static LogVerifier believed(Pins pins, LedgerInspection ledger) {
        if (pins.areGiven()) {
            return pins.given();
        }
        return pins.ofKeyFile(ledger.files(), null)
                .orElseGet(() -> pins.introduced(
                        introducedKeys(ledger), "the log itself introduced", pins.origin(ledger.files())));
    }

    private static List<VerifierKey> introducedKeys(LedgerInspection ledger) {
        try {
            return ledger.log().allKeys();
        } catch (UnreadableEvent | SealFailed e) {
            throw new WrongUse(
                    "The entries that introduced the keys of this log cannot be read any more, and there is no"
                            + " key file. Give the key with --key.");
        }
    }

    private @Nullable Journal journal(LogFiles files) {
        Journal journal = new Journal(files.journalFile());
        if (!journal.exists() && !LogKeys.isAtHand(files.keyFile())) {
            err().println("There is no checkpoint journal in " + files.journalFile()
                    + ", so it cannot be seen whether the database was put back to an older state.");
            return null;
        }
        return journal;
    }

    /** Null where no key is at hand. */
    private @Nullable EventKeys eventKeys() {
        try (ConfigurableApplicationContext context = inspectLedger()) {
            return context.getBean(LedgerInspection.class).eventKeys();
        }
    }

    private int verifyDirectory(Path directory, Pins pins) {
        byte[] note = checkpointIn(directory);
        if (note == null ? !Files.exists(directory.resolve("tile")) : !isCheckpoint(note)) {
            throw new WrongUse("The directory is not readable as an exported log: its file checkpoint is none.");
        }
        LogVerifier believed = pins.areGiven() ? pins.given() : believed(pins, directory);
        VerificationProgress progress = new VerificationProgress(isQuiet ? null : err(), null);
        try {
            Report report = new DirectoryVerification(directory, believed)
                    .holding(held())
                    .run(progress);
            progress.end();
            String how = Files.exists(directory.resolve("tile/entries"))
                    ? ", "
                    : ", hashes only, since there are no entries in the directory, ";
            int found = print(report, how + believed.origin());
            return found == 0 ? verified(pins) : found;
        } finally {
            progress.end();
        }
    }

    private LogVerifier believed(Pins pins, Path directory) {
        try (ConfigurableApplicationContext context = inspectLedger()) {
            LedgerInspection ledger = context.getBean(LedgerInspection.class);
            return pins.ofKeyFile(ledger.files(), checkpointIn(directory))
                    .orElseGet(() -> pins.introduced(
                            Pins.readKeys(directory.resolve("key")).orElse(List.of()),
                            "the directory itself holds",
                            Optional.empty()));
        }
    }

    /** Null where there is none: then the verification says so. */
    private static byte @Nullable [] checkpointIn(Path directory) {
        Path file = directory.resolve("checkpoint");
        try {
            boolean isReadable = Files.isRegularFile(file) && Files.size(file) <= SignedNote.MAX_BYTES;
            return isReadable ? Files.readAllBytes(file) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private int verifyBundles(Pins pins) {
        if (!given.stream().allMatch(BundleVerification::isLike)) {
            throw new WrongUse("The second file is no bundle.");
        }
        LogVerifier believed = pins.areGiven() ? pins.given() : ofBundle(pins, given.getFirst());
        List<BundleVerification> verifications = new ArrayList<>();
        try {
            List<String> verified = new ArrayList<>();
            for (Path file : given) {
                BundleVerification verification = new BundleVerification(file, believed, held());
                verifications.add(verification);
                BundleReport report = verification.run();
                if (!report.isClean()) {
                    return refuse(
                            given.size() == 1 ? "" : "of the bundle given as number " + verifications.size(),
                            report.breaks());
                }
                verified.add(report.text());
            }
            if (given.size() > 1) {
                Completeness compared = Completeness.of(verifications.getFirst(), verifications.getLast());
                if (!compared.breaks().isEmpty()) {
                    return refuse("of the two bundles together", compared.breaks());
                }
                verified.add("the later log begins with the earlier one; of the edition in the earlier bundle, "
                        + compared.text());
            }
            verified.forEach(line -> out().println("verified: " + line));
            return verified(pins);
        } finally {
            verifications.forEach(BundleVerification::close);
        }
    }

    private int verifyFull(Path bundle, Pins pins) {
        LogVerifier believed = pins.areGiven() ? pins.given() : ofBundle(pins, bundle);
        try (BackupVerification verification =
                BackupVerification.open(bundle, believed, held()).authenticatedBy(eventKeys())) {
            List<Break> breaks = verification.run();
            if (!breaks.isEmpty()) {
                return refuse("", breaks);
            }
            BackupHead head = verification.verified().head();
            tellWhoseIsUnknown(verification.verified().notAuthenticated(), head.entries());
            out().println("verified: full bundle, " + head.entries() + " entries and " + head.checkpoints()
                    + " checkpoints, " + head.origin());
            return verified(pins);
        }
    }

    /** Says last, and by the exit code, where the key proves nothing. */
    private int verified(Pins pins) {
        if (pins.areVouchedFor()) {
            return 0;
        }
        out().println(VerifyBundle.UNVOUCHED);
        return LedgerCommand.UNVOUCHED;
    }

    /** @param of which bundle the breaks are of, where there are two */
    private int refuse(String of, List<Break> breaks) {
        if (!of.isEmpty()) {
            err().println("What follows is " + of + ".");
        }
        breaks.forEach(this::print);
        if (breaks.size() == BundleReport.MAX_BREAKS) {
            err().println("There may be more: no more than " + BundleReport.MAX_BREAKS + " are listed.");
        }
        return LedgerCommand.FINDING;
    }

    private LogVerifier ofBundle(Pins pins, Path bundle) {
        try (ConfigurableApplicationContext context = inspectLedger()) {
            LedgerInspection ledger = context.getBean(LedgerInspection.class);
            return pins.ofKeyFile(
                            ledger.files(),
                            BundleVerification.checkpointIn(bundle).orElse(null))
                    .orElseGet(() -> pins.introduced(
                            BundleVerification.keysIn(bundle), "the bundle itself holds", Optional.empty()));
        }
    }

    private int verifyReceipt(byte[] receipt, Pins pins) {
        LogVerifier believed = pins.areGiven() ? pins.given() : ofKeyFile(pins, receipt);
        return switch (ReceiptVerification.of(receipt, believed)) {
            case Verdict.Proved(VerifiedEntry proved) -> {
                out().println("verified: position " + proved.index() + " of "
                        + proved.checkpoint().size() + " entries, " + believed.origin());
                out().println(new String(proved.entry(), StandardCharsets.UTF_8));
                yield 0;
            }
            case Verdict.Broken(Break found) -> {
                print(found);
                yield LedgerCommand.FINDING;
            }
        };
    }

    private LogVerifier ofKeyFile(Pins pins, byte[] receipt) {
        byte[] note = TlogProof.parse(receipt).map(TlogProof::checkpoint).orElse(null);
        try (ConfigurableApplicationContext context = inspectLedger()) {
            return pins.ofKeyFile(context.getBean(LedgerInspection.class).files(), note)
                    .orElseThrow(() -> new WrongUse(
                            "Give the key of the log with --key: a receipt proves nothing by" + " itself."));
        }
    }

    private List<byte[]> held() {
        return held(checkpoints);
    }

    /** The signed notes in files. */
    static List<byte[]> held(List<Path> checkpoints) {
        List<byte[]> held = new ArrayList<>();
        for (Path file : checkpoints) {
            byte[] note = GivenFile.read(file, SignedNote.MAX_BYTES, "The checkpoint");
            if (!isCheckpoint(note)) {
                throw new WrongUse("A file of --checkpoint holds no checkpoint.");
            }
            held.add(note);
        }
        return held;
    }

    /** @param how adds to what was verified */
    private int print(Report report, String how) {
        report.breaks().forEach(this::print);
        if (report.breaks().size() == Report.MAX_BREAKS) {
            err().println("There may be more: no more than " + Report.MAX_BREAKS + " are listed.");
        }
        report.differences().forEach(out()::println);
        if (report.differences().size() == Report.MAX_DIFFERENCES) {
            err().println("There may be more: no more than " + Report.MAX_DIFFERENCES + " differences are listed.");
        }
        if (!report.isClean()) {
            return LedgerCommand.FINDING;
        }
        out().println("verified: " + report.entries() + " entries" + how);
        return 0;
    }

    private static String inDatabase(Report report) {
        return ", " + report.sealed() + " sealed, " + report.waiting() + " events waiting, "
                + (report.journalCompared() ? "" : "not ") + "compared with the checkpoint journal";
    }

    private void tellWhoseIsUnknown(long events, long entries) {
        whoseIsUnknown(events, entries).ifPresent(err()::println);
    }

    /** Of how many events it could not be told who appended them; empty where of none. */
    static Optional<String> whoseIsUnknown(long events, long entries) {
        return events == 0
                ? Optional.empty()
                : Optional.of("Not checked: whether events" + (events >= entries ? "" : " before position " + events)
                        + " were appended by a program with this ledger's key, since the key is not at hand.");
    }

    private void print(Break found) {
        String kind = found.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        out().println("BREAK " + kind + " at position " + found.position() + ": " + found.sentence());
    }
}
