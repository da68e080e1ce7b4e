package org.pupilledger.verification;

import java.io.IOException;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogRefused;
import org.pupilledger.tlog.LogUnavailable;

/** How many lines a journal has at this moment, and the size that the last one names. */
record JournalEnd(long lines, long size) {
    static JournalEnd of(Journal journal) {
        long[] lines = {0};
        Journal.Line[] last = new Journal.Line[1];
        try {
            journal.read(line -> {
                lines[0]++;
                last[0] = line;
            });
        } catch (LogRefused e) {
            // found again when it is compared
        } catch (IOException e) {
            throw new LogUnavailable(e);
        }
        long size = last[0] == null
                ? 0
                : Checkpoint.saidIn(last[0].note()).map(Checkpoint::size).orElse(0L);
        return new JournalEnd(lines[0], size);
    }

    /** Whether a journal is that of a log, as far as it says so. */
    static boolean isOf(String origin, Journal lines) {
        try {
            return origin.equals(lines.origin());
        } catch (IOException e) {
            throw new LogUnavailable(e);
        } catch (LogRefused e) {
            return false;
        }
    }
}
