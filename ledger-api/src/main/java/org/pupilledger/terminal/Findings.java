package org.pupilledger.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.pupilledger.bundle.VerifyBundle;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.verdict.Break;

/**
 * Says what a verification found, and gives the exit code that says it too.
 *
 * @param out for what was found
 * @param err for what else there is to say
 */
public record Findings(PrintWriter out, PrintWriter err) {
    /** @param how adds to what was verified */
    public int of(Report report, String how) {
        ofBreaks(report.breaks());
        report.differences().forEach(out::println);
        if (report.differences().size() == Report.MAX_DIFFERENCES) {
            err.println("There may be more: no more than " + Report.MAX_DIFFERENCES + " differences are listed.");
        }
        if (!report.isClean()) {
            return ExitCode.FINDING;
        }
        out.println("verified: " + report.entries() + " entries" + how);
        return 0;
    }

    public int ofBreaks(List<Break> breaks) {
        breaks.forEach(found -> out.println(found.line()));
        if (breaks.size() == Report.MAX_BREAKS) {
            err.println("There may be more: no more than " + Report.MAX_BREAKS + " are listed.");
        }
        return ExitCode.FINDING;
    }

    /** Says last, and by the exit code, where the key proves nothing. */
    public int verified(Pins pins) {
        if (pins.areVouchedFor()) {
            return 0;
        }
        out.println(VerifyBundle.UNVOUCHED);
        return ExitCode.UNVOUCHED;
    }

    /** Says of how many events it could not be told who appended them. */
    public void whoseIsUnknown(long events, long entries) {
        ofWhoseIsUnknown(events, entries).ifPresent(err::println);
    }

    /** Of how many events it could not be told who appended them; empty where of none. */
    public static Optional<String> ofWhoseIsUnknown(long events, long entries) {
        return events == 0
                ? Optional.empty()
                : Optional.of("Not checked: whether events" + (events >= entries ? "" : " before position " + events)
                        + " were appended by a program with this ledger's key, since the key is not at hand.");
    }
}
