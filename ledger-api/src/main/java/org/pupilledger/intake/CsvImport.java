package org.pupilledger.intake;

import java.util.ArrayList;
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
import org.pupilledger.request.Occasion;
import org.pupilledger.request.Reference;
import org.pupilledger.request.Refused;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestId;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.Commands.BulkRequest;
import org.pupilledger.store.ContentClaims;

/**
 * Imports a file of historic requests. Lines are looked at one by one and recorded in chunks, each chunk in one
 * transaction; a line that is refused stops no other, and a file imported again adds nothing.
 */
public final class CsvImport {
    /** Bytes of a file. */
    public static final int MAX_BYTES = 64 << 20;

    /** Lines of a file. */
    public static final int MAX_LINES = 500_000;

    private static final int CHUNK = 500;
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
     * @param last the id and the sequence of the newest event recorded, null where nothing was
     */
    public record Report(
            List<Line> lines,
            int recorded,
            int alreadyRecorded,
            int refused,
            @Nullable Last last) {}

    /** An event to wait for. */
    public record Last(String id, long sequence) {}

    /** Waits for the turn; the body of a file should only be read after it. */
    public void takeTurn() {
        try {
            if (!turn.tryAcquire(MAX_WAIT_S, TimeUnit.SECONDS)) {
                throw new IntakeBusy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IntakeBusy();
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
     * @throws InvalidInput the header is wrong or there are too many lines; nothing was recorded
     */
    public Report run(byte[] file, Author author, LongConsumer progress) {
        CsvLines lines = new CsvLines(file, MAX_LINES);
        Run run = new Run(CsvColumns.of(lines.header()), author);
        List<CsvLines.RawLine> chunk = new ArrayList<>(CHUNK);
        long done = 0;
        for (CsvLines.RawLine line : lines) {
            chunk.add(line);
            if (chunk.size() == CHUNK) {
                run.chunk(chunk);
                done += chunk.size();
                progress.accept(done);
                chunk.clear();
            }
        }
        run.chunk(chunk);
        progress.accept(done + chunk.size());
        return run.report();
    }

    private final class Run {
        private final CsvColumns columns;
        private final Author author;
        private final Occasion now = occasion.get();
        private final List<Line> results = new ArrayList<>();
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
            return new Report(results, recorded, alreadyRecorded, refused, last);
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
            for (Line outcome : outcomes) {
                switch (outcome) {
                    case Line.Recorded line -> recorded++;
                    case Line.AlreadyRecorded line -> alreadyRecorded++;
                    case Line.RefusedLine line -> refused++;
                }
            }
            results.addAll(outcomes);
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
                last = new Last(newest.id().toString(), newest.events() - 1L);
            }
            return outcomes;
        }
    }
}
