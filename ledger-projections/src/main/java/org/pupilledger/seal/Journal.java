package org.pupilledger.seal;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.SignedNote;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every checkpoint ever signed, in a file outside the database that is only ever made longer. JSON Lines: the first line
 * is {@code {"journal":"pupil-ledger/1","origin":"..."}}, each other one
 * {@code {"signedAt":"2026-11-21T20:40:01Z","checkpoint":"..."}} with the signed note.
 */
public final class Journal {
    private static final String FORMAT = "pupil-ledger/1";

    /** Holds the last two lines whatever the signatures: a note has two of 100 bytes, or some witnesses' of 5 kB. */
    private static final int TAIL_BYTES = 256 * 1024;

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final DurableWrites writes;

    public Journal(Path file) {
        this(file, DurableWrites.DISK);
    }

    Journal(Path file, DurableWrites writes) {
        this.file = file;
        this.writes = writes;
    }

    /** The first line. */
    record Header(String journal, String origin) {}

    /**
     * Another line.
     *
     * @param signedAt   the clock's claim, ISO 8601 in UTC
     * @param checkpoint signed note
     */
    public record Line(String signedAt, String checkpoint) {
        static Line of(Instant signedAt, SignedNote note) {
            return new Line(signedAt.toString(), new String(note.bytes(), StandardCharsets.UTF_8));
        }

        public byte[] note() {
            return checkpoint.getBytes(StandardCharsets.UTF_8);
        }
    }

    public boolean exists() {
        return Files.exists(file);
    }

    void create(String origin) throws IOException {
        writes.replace(file, firstLine(origin));
    }

    static byte[] firstLine(String origin) {
        return line(new Header(FORMAT, origin));
    }

    void append(Instant signedAt, SignedNote note) throws IOException {
        writes.append(file, line(signedAt, note));
    }

    /** Forced to the disk now and then, and at the end. */
    void appendAll(List<Line> lines) throws IOException {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (Line line : lines) {
            part.writeBytes(line(line));
            if (part.size() > TAIL_BYTES) {
                writes.append(file, part.toByteArray());
                part.reset();
            }
        }
        writes.append(file, part.toByteArray());
    }

    /** Takes back a line of which nothing was published. */
    void removeLastLine() throws IOException {
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] tail = tail(journal);
            removeFrom(journal, tail, linesEnd(tail, tail.length - 1));
        }
    }

    /** Where the lines end that end before {@code to}. */
    private static int linesEnd(byte[] tail, int to) {
        int end = to;
        while (end > 0 && tail[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private void removeFrom(RandomAccessFile journal, byte[] tail, int end) throws IOException {
        if (end == 0) {
            throw damaged();
        }
        journal.setLength(journal.length() - (tail.length - end));
        journal.getFD().sync();
    }

    static byte[] line(Instant signedAt, SignedNote note) {
        return line(Line.of(signedAt, note));
    }

    private static byte[] line(Object content) {
        byte[] json = JSON.writeValueAsBytes(content);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /**
     * Removes what a crash left of a line that was being written: nothing of it was published, and it is signed again.
     */
    void removeTornLine() throws IOException {
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] tail = tail(journal);
            int end = linesEnd(tail, tail.length);
            if (end < tail.length) {
                removeFrom(journal, tail, end);
            }
        }
    }

    /**
     * The last lines.
     *
     * @return the last but one and the last; fewer where there are not so many
     * @throws LogRefused where they are not lines of a journal
     */
    List<Line> lastTwo() throws IOException {
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            boolean isWhole = journal.length() <= TAIL_BYTES;
            String[] texts = new String(tail(journal), StandardCharsets.UTF_8).split("\n", -1);
            // the first is the header, or may have lost its beginning; after the last line break nothing follows
            List<Line> lines = new ArrayList<>();
            for (int i = Math.max(1, texts.length - 3); i < texts.length - 1; i++) {
                lines.add(read(texts[i], Line.class));
            }
            if (isWhole) {
                header();
            }
            return lines;
        }
    }

    private static byte[] tail(RandomAccessFile journal) throws IOException {
        int length = (int) Math.min(journal.length(), TAIL_BYTES);
        byte[] tail = new byte[length];
        journal.seek(journal.length() - length);
        journal.readFully(tail);
        return tail;
    }

    /** The log whose checkpoints these are. */
    public String origin() throws IOException {
        return header().origin();
    }

    private Header header() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            Header header = read(lines.readLine(), Header.class);
            if (!FORMAT.equals(header.journal()) || header.origin() == null) {
                throw damaged();
            }
            return header;
        }
    }

    /**
     * Hands over all lines in order; one that is being written at this moment is left out.
     *
     * @throws LogRefused at a line that is none of a journal
     */
    public void read(Consumer<Line> reader) throws IOException {
        long rest = wholeLinesLength();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            rest -= length(lines.readLine());
            header();
            while (rest > 0) {
                String text = lines.readLine();
                reader.accept(read(text, Line.class));
                rest -= length(text);
            }
        }
    }

    private static int length(@Nullable String line) {
        return line == null ? 0 : line.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private long wholeLinesLength() throws IOException {
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = tail(journal);
            return journal.length() - (tail.length - linesEnd(tail, tail.length));
        }
    }

    private <T> T read(@Nullable String text, Class<T> type) {
        try {
            T line = JSON.readValue(text == null ? "" : text, type);
            if (line == null
                    || (line instanceof Line(String signedAt, String note) && (signedAt == null || note == null))) {
                throw damaged();
            }
            return line;
        } catch (JacksonException e) {
            throw damaged();
        }
    }

    private LogRefused damaged() {
        return new LogRefused("The checkpoint journal " + file
                + " is damaged: it holds something that is no checkpoint. Restore it from a backup that is as new as"
                + " the last signed state.");
    }
}
