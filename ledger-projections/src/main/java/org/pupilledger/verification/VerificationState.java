package org.pupilledger.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.verdict.Break;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far the verification of a database has come: a later run can go on from here. As a file it is JSON,
 * {@code {"format":"pupil-ledger-verification/1","entries":...,"tree":[...],...}}. Whoever can write that file decides what
 * the later run believes of the part before, so it belongs where old checkpoints are kept.
 */
public final class VerificationState {
    private static final String FORMAT = "pupil-ledger-verification/1";

    /** Eight levels of at most 255 hashes, and some sentences. */
    private static final int MAX_FILE_BYTES = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private final Content content;

    /**
     * What is in the file.
     *
     * @param entries  leaves of the tree so far
     * @param shift    how many places rows stand before those of their hashes
     * @param events   rows of events seen
     * @param agreed   size of the last checkpoint that agreed
     * @param tree     of each level the tile that is not full
     * @param breaks   found so far
     */
    record Content(
            String format, long entries, long shift, long events, long agreed, List<byte[]> tree, List<Break> breaks) {
        /** Of a run that begins with the first entry. */
        static final Content NOTHING = new Content(FORMAT, 0, 0, 0, 0, List.of(), List.of());

        Content {
            tree = List.copyOf(tree);
            breaks = List.copyOf(breaks);
        }

        /** 32 bytes. */
        byte[] root() {
            return new GrowingTree(entries, tree, (level, number, hashes) -> {}).root();
        }
    }

    private VerificationState(Content content) {
        this.content = content;
    }

    static VerificationState of(GrowingTree tree, long shift, long events, long agreed, List<Break> breaks) {
        return new VerificationState(new Content(FORMAT, tree.size(), shift, events, agreed, tree.partials(), breaks));
    }

    Content content() {
        return content;
    }

    /** Entries that a run from here does not look at again. */
    public long entries() {
        return content.entries();
    }

    /** Replaces the file, or makes it, for its owner only. */
    public void save(Path file) throws IOException {
        PrivateFiles.replace(file.toAbsolutePath(), JSON.writeValueAsBytes(content));
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IOException where the file cannot be read or holds something else
     */
    public static VerificationState load(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw noState();
        }
        try {
            Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
            if (!FORMAT.equals(content.format()) || content.entries() < 0) {
                throw noState();
            }
            // looks at the hashes
            var _ = content.root();
            return new VerificationState(content);
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            throw noState();
        }
    }

    private static IOException noState() {
        return new IOException("the file does not hold the state of a verification");
    }
}
