package org.pupilledger.backup;

import java.io.Closeable;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.bundle.EntryLines;
import org.pupilledger.verdict.Break;

/** The lines of one kind over all the files that hold them; exactly as many as there should be. */
final class PartLines implements Closeable {
    private final Bundle bundle;
    private final String kind;
    private final long count;
    private long next;
    private @Nullable EntryLines lines;
    private @Nullable CheckedInputStream checked;

    PartLines(Bundle bundle, String kind, long count) {
        this.bundle = bundle;
        this.kind = kind;
        this.count = count;
    }

    boolean hasNext() {
        return next < count;
    }

    /**
     * The next one.
     *
     * @throws BackupBroken there is none, or its file has more lines than it should, or is damaged
     */
    byte[] next() {
        try {
            EntryLines open = lines;
            if (open == null) {
                checked = new CheckedInputStream(bundle.stream(name()), new CRC32());
                open = new EntryLines(checked);
                lines = open;
            }
            byte[] line = open.next() ? open.entry() : null;
            if (line == null) {
                throw damaged();
            }
            if ((next + 1) % BundleLayout.LINES == 0 || next + 1 == count) {
                endPart(open);
            }
            next++;
            return line;
        } catch (IOException e) {
            throw damaged();
        }
    }

    private void endPart(EntryLines open) throws IOException {
        CheckedInputStream read = checked;
        if (open.next() || read == null || read.getChecksum().getValue() != bundle.crc(name())) {
            throw damaged();
        }
        open.close();
        lines = null;
    }

    private String name() {
        return BackupLayout.lineFile(kind, next / BundleLayout.LINES);
    }

    private BackupBroken damaged() {
        boolean isByPosition = kind.equals(BackupLayout.ENTRIES) || kind.equals(BackupLayout.METADATA);
        return new BackupBroken(
                Break.Kind.CHANGED,
                isByPosition ? next : 0,
                name() + " is damaged: it does not hold the lines that it should.");
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
