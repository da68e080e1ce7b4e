package org.pupilledger.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Busy;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.Refused;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestId;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.Commands.BulkRequest;
import org.pupilledger.store.ContentClaims;
import org.pupilledger.values.Reference;

/**
 * Imports a file of historic requests. Lines are looked at one by one and recorded in chunks, each chunk in one
 * transaction; a line that is refused stops no other, and a file imported again adds nothing.
 */
public final class CsvImport {
    /** Bytes of a file. */
    public static final int MAX_BYTES = 64 << 20;

    /** Lines of a file. */
    public static final int MAX_LINES = 500_000;

    /** Lines that a report names; the rest it counts. */
    public static final int MAX_NAMED = 1_000;

    static final int CHUNK = 500;
    private static final int MAX_TRIES = 5;
    private static final long MAX_WAIT_S = 30;

    private final Commands commands;
    private final ContentClaims contents;
    private final Supplier<Occasion> occasion;

    /** One file at a time: bounds memory, and keeps two from racing for the same lines. */
    private final Semaphore turn = new Semaphore(1);

    public CsvImport(Commands commands, ContentClaims contents, Supplier<Occasion> occasion) {
        this.commands = commands;
        this.contents = contents;
        this.occasion = occasion;
    }

    /** What became of one line. */
    public sealed interface Line {
        /** 1-based number in the file; the header is line 1. */
        int number();

        record Recorded(int number, String id) implements Line {}

        record AlreadyRecorded(int number, String id) implements Line {}

        record RefusedLine(int number, RuntimeException why) implements Line {}
    }

    /**
     * What became of a file.
     *
     * @param lines   by number, at most {@link #MAX_NAMED}; those that were refused go before the others
     * @param counted all lines
     * @param omitted those that are not among the lines
     * @param last    the id and the sequence of the newest event recorded, null where nothing was
     */
    public record Report(
            List<Line> lines,
            Counts counted,
            Counts omitted,
            @Nullable Last last) {
        public Report {
            lines = List.copyOf(lines);
        }
    }

    /** Numbers of lines. */
    public record Counts(int recorded, int alreadyRecorded, int refused) {
        public int all() {
            return recorded + alreadyRecorded + refused;
        }
    }

    /** An event to wait for. */
    public record Last(String id, long sequence) {}

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
     * @param progress told how many lines are done, now and then
     * @throws InvalidInput  the header is wrong or there are too many lines; nothing was recorded
     * @throws ImportStopped it came to no end
     */
    public Report run(CsvFile file, Author author, LongConsumer progress) throws IOException {
        CsvLines.count(file, MAX_LINES);
        try (CsvLines lines = new CsvLines(file)) {
            Run run = new Run(CsvColumns.of(lines), author);
            try {
                all(lines, run, progress);
            } catch (RuntimeException e) {
                throw new ImportStopped(run.recorded, e);
            }
            return run.report();
        }
    }

    private static void all(CsvLines lines, Run run, LongConsumer progress) {
        List<CsvLines.RawLine> chunk = new ArrayList<>(CHUNK);
        long done = 0;
        while (lines.hasNext()) {
            chunk.add(lines.next());
            if (chunk.size() == CHUNK || !lines.hasNext()) {
                run.chunk(chunk);
                done += chunk.size();
                progress.accept(done);
                chunk.clear();
            }
        }
    }

    private final class Run {
        private final CsvColumns columns;
        private final Author author;
        private final Occasion now = occasion.get();
        private final List<Line> refusals = new ArrayList<>();
        private final List<Line> others = new ArrayList<>();
        private final Map<String, Integer> occurrences = new HashMap<>();
        private int recorded;
        private int alreadyRecorded;
        private int refused;
        private @Nullable Last last;

        Run(CsvColumns columns, Author author) {
            this.columns = columns;
            this.author = author;
        }

        Report report() {
            List<Line> named = new ArrayList<>(refusals);
            named.addAll(others.subList(0, Math.min(others.size(), MAX_NAMED - refusals.size())));
            named.sort(Comparator.comparingInt(Line::number));
            Counts counted = new Counts(recorded, alreadyRecorded, refused);
            Counts told = counts(named);
            return new Report(
                    named,
                    counted,
                    new Counts(
                            counted.recorded() - told.recorded(),
                            counted.alreadyRecorded() - told.alreadyRecorded(),
                            counted.refused() - told.refused()),
                    last);
        }

        private static Counts counts(List<Line> lines) {
            int recorded = 0;
            int alreadyRecorded = 0;
            int refused = 0;
            for (Line line : lines) {
                switch (line) {
                    case Line.Recorded here -> recorded++;
                    case Line.AlreadyRecorded here -> alreadyRecorded++;
                    case Line.RefusedLine here -> refused++;
                }
            }
            return new Counts(recorded, alreadyRecorded, refused);
        }

        /** A line that was found good. */
        @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
        private record Good(int number, RecordRequest command, byte[] digest, int occurrence) {
            String key() {
                return ContentClaims.key(digest, occurrence);
            }

            List<String> references() {
                return command.ask().references().stream().map(Reference::value).toList();
            }
        }

        void chunk(List<CsvLines.RawLine> chunk) {
            List<Line> outcomes = new ArrayList<>(chunk.size());
            List<Good> good = new ArrayList<>(chunk.size());
            for (CsvLines.RawLine raw : chunk) {
                try {
                    good.add(read(raw));
                } catch (PersonalDataFound | InvalidInput | Refused e) {
                    outcomes.add(new Line.RefusedLine(raw.number(), e));
                }
            }
            if (!good.isEmpty()) {
                outcomes.addAll(record(good));
            }
            outcomes.sort((one, other) -> Integer.compare(one.number(), other.number()));
            Counts counts = counts(outcomes);
            recorded += counts.recorded();
            alreadyRecorded += counts.alreadyRecorded();
            refused += counts.refused();
            for (Line outcome : outcomes) {
                List<Line> kind = outcome instanceof Line.RefusedLine ? refusals : others;
                if (kind.size() < MAX_NAMED) {
                    kind.add(outcome);
                }
            }
        }

        private Good read(CsvLines.RawLine raw) {
            RecordRequest command = columns.read(raw, new RequestId(UUID.randomUUID()), now);
            byte[] digest = ContentClaims.digest(command);
            int occurrence = command.ask().references().isEmpty()
                    ? occurrences.merge(ContentClaims.key(digest, 0), 1, Integer::sum)
                    : 0;
            return new Good(raw.number(), command, digest, occurrence);
        }

        /** Another program may claim the same meanwhile; then the chunk is looked at anew. */
        private List<Line> record(List<Good> good) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return tryToRecord(good);
                } catch (Refused.DuplicateReference e) {
                    if (attempt == MAX_TRIES) {
                        throw e;
                    }
                }
            }
        }

        private List<Line> tryToRecord(List<Good> good) {
            Map<String, String> holders = contents.holders(
                    good.stream().map(Good::digest).toList(),
                    good.stream().map(Good::occurrence).toList());
            Set<String> taken = new HashSet<>(contents.claimedReferences(
                    good.stream().flatMap(line -> line.references().stream()).toList()));
            List<Line> outcomes = new ArrayList<>();
            List<BulkRequest> fresh = new ArrayList<>();
            for (Good line : good) {
                String holder = holders.get(line.key());
                if (holder != null) {
                    outcomes.add(new Line.AlreadyRecorded(line.number(), holder));
                } else if (line.references().stream().anyMatch(taken::contains)) {
                    outcomes.add(new Line.RefusedLine(line.number(), new Refused.DuplicateReference()));
                } else {
                    String id = line.command().id().toString();
                    holders.put(line.key(), id);
                    taken.addAll(line.references());
                    fresh.add(new BulkRequest(line.command(), line.digest(), line.occurrence()));
                    outcomes.add(new Line.Recorded(line.number(), id));
                }
            }
            if (!fresh.isEmpty()) {
                commands.send(fresh, author);
                RecordRequest newest = fresh.getLast().command();
                last = new Last(newest.id().toString(), newest.events().size() - 1L);
            }
            return outcomes;
        }
    }
}
