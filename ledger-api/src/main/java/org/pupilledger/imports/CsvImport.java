package org.pupilledger.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.pupilledger.failure.Busy;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.register.PeriodTotalDirectory;
import org.pupilledger.register.States;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.store.Commands;
import org.pupilledger.store.ContentClaims;

/**
 * Imports a file, of requests or of totals of longer periods. Lines are looked at one by one; a line that is refused stops
 * no other, and a file imported again adds nothing.
 */
public final class CsvImport {
    /** Bytes of a file. */
    public static final int MAX_BYTES = 64 << 20;

    /** Lines of a file. */
    public static final int MAX_LINES = 500_000;

    /** Lines that a report names; the rest it counts. */
    public static final int MAX_NAMED = 1_000;

    static final int CHUNK = 500;
    private static final long MAX_WAIT_S = 30;

    private final Commands commands;
    private final ContentClaims contents;
    private final PeriodTotalDirectory totals;
    private final States<RequestEvent, RequestState> told;
    private final Supplier<Occasion> occasion;

    /** One file at a time: bounds memory, and keeps two from racing for the same lines. */
    private final Semaphore turn = new Semaphore(1);

    /** @param told requests as they were first told */
    public CsvImport(
            Commands commands,
            ContentClaims contents,
            PeriodTotalDirectory totals,
            States<RequestEvent, RequestState> told,
            Supplier<Occasion> occasion) {
        this.commands = commands;
        this.contents = contents;
        this.totals = totals;
        this.told = told;
        this.occasion = occasion;
    }

    /** Waits for the turn; the file should be there by then. */
    public void takeTurn() {
        try {
            if (!turn.tryAcquire(MAX_WAIT_S, TimeUnit.SECONDS)) {
                throw new Busy(Busy.With.IMPORTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy(Busy.With.IMPORTS);
        }
    }

    public void endTurn() {
        turn.release();
    }

    /**
     * Imports a file.
     *
     * @param file     UTF-8, with or without byte order mark
     * @param officer  takes each line as far as their roles go
     * @param progress told how many lines are done, now and then
     * @throws InvalidInput  the header is wrong or there are too many lines; nothing was recorded
     * @throws ImportStopped it came to no end
     */
    public Imported run(CsvFile file, Officer officer, LongConsumer progress) throws IOException {
        CsvLines.count(file, MAX_LINES);
        try (CsvLines lines = new CsvLines(file)) {
            CsvHeader header = CsvHeader.of(lines);
            Tally tally = new Tally();
            Consumer<List<CsvLines.RawLine>> chunks = header.isOfTotals()
                    ? new TotalLines(header, commands, totals, officer, occasion.get(), tally)::chunk
                    : new RequestLines(header, commands, contents, told, officer, occasion.get(), tally)::chunk;
            try {
                all(lines, chunks, progress);
            } catch (RuntimeException e) {
                throw new ImportStopped(tally.recorded(), e);
            }
            return tally.report();
        }
    }

    private static void all(CsvLines lines, Consumer<List<CsvLines.RawLine>> chunks, LongConsumer progress) {
        List<CsvLines.RawLine> chunk = new ArrayList<>(CHUNK);
        long done = 0;
        while (lines.hasNext()) {
            chunk.add(lines.next());
            if (chunk.size() == CHUNK || !lines.hasNext()) {
                chunks.accept(chunk);
                done += chunk.size();
                progress.accept(done);
                chunk.clear();
            }
        }
    }
}
