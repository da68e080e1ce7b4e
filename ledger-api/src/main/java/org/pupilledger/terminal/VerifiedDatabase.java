package org.pupilledger.terminal;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.catalogue.NotChecked;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.node.LedgerInspection;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogRefused;
import org.pupilledger.verdict.Break;
import org.pupilledger.verification.DatabaseVerification;

/** Verifies the database that the settings mean, with all that is kept beside it. */
public final class VerifiedDatabase {
    private final LedgerInspection ledger;
    private final Findings findings;
    private final List<Break> ofFiles = new ArrayList<>();

    public VerifiedDatabase(LedgerInspection ledger, Findings findings) {
        this.ledger = ledger;
        this.findings = findings;
    }

    /** @return the exit code */
    public int run(Pins pins, List<byte[]> held, VerificationProgress progress) {
        DatabaseVerification fromStart =
                withLastSigned(ledger.verification(believed(pins), journal(), ledger.eventKeys())
                        .holding(held));
        DatabaseVerification verification =
                progress.kept().map(fromStart::resuming).orElse(fromStart);
        ledger.beforeClose(progress::interrupt);
        try {
            Report report = verification.run(progress);
            progress.forget();
            progress.end();
            findings.whoseIsUnknown(report.notAuthenticated(), report.entries());
            int found = findings.of(report.and(ofFiles), inDatabase(report));
            NotChecked.OF_DATABASE.forEach(it -> findings.out().println("not checked: " + it.text()));
            return found;
        } finally {
            progress.end();
        }
    }

    /** Where the key is, the rest of what is kept outside the database has to be too. */
    private DatabaseVerification withLastSigned(DatabaseVerification verification) {
        LogFiles files = ledger.files();
        if (!LogKeys.isAtHand(files.keyFile()) && !Files.exists(files.lastSignedFile())) {
            return verification;
        }
        try {
            return verification.lastSigned(LogIdentity.lastSigned(files));
        } catch (LogRefused missingOrDamaged) {
            ofFiles.add(new Break(
                    Files.exists(files.lastSignedFile()) ? Break.Kind.CHANGED : Break.Kind.MISSING,
                    0,
                    "The last signed state, for position 0 and all after it, is missing or damaged."));
            return verification;
        }
    }

    private LogVerifier believed(Pins pins) {
        if (pins.areGiven()) {
            return pins.given();
        }
        return pins.ofKeyFile(ledger.files(), null)
                .orElseGet(() ->
                        pins.introduced(introducedKeys(), "the log itself introduced", pins.origin(ledger.files())));
    }

    private List<VerifierKey> introducedKeys() {
        try {
            return ledger.log().allKeys();
        } catch (UnreadableEvent e) {
            throw new WrongUse(
                    "The entries that introduced the keys of this log cannot be read any more, and there is no"
                            + " key file. Give the key with --key.");
        }
    }

    private @Nullable Journal journal() {
        LogFiles files = ledger.files();
        Journal journal = new Journal(files.journalFile());
        if (!journal.exists() && !LogKeys.isAtHand(files.keyFile())) {
            findings.err()
                    .println("There is no checkpoint journal in " + files.journalFile()
                            + ", so it cannot be seen whether the database was put back to an older state.");
            return null;
        }
        return journal;
    }

    private static String inDatabase(Report report) {
        return ", " + report.sealed() + " sealed, " + report.waiting() + " events waiting, "
                + (report.journalCompared() ? "" : "not ") + "compared with the checkpoint journal";
    }
}
