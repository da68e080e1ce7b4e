package org.pupilledger.bundle;

import java.io.IOException;
import java.util.function.Predicate;
import org.pupilledger.entries.Entry;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.schema.Leaf;

/** The entries that a verified bundle gives; those that it hides are passed over. */
final class BundleEntries implements EntrySequence {
    private final Bundle bundle;

    BundleEntries(Bundle bundle) {
        this.bundle = bundle;
    }

    @Override
    public long read(long first, long last, Predicate<Entry> reader) {
        long position = first - first % BundleLayout.LINES;
        long read = first - 1;
        while (position <= last) {
            try (EntryLines lines =
                    new EntryLines(bundle.stream(BundleLayout.entries(position / BundleLayout.LINES)))) {
                while (position <= last && lines.next()) {
                    byte[] entry = position < first ? null : lines.entry();
                    if (entry != null && !reader.test(new Entry(position, Leaf.parse(entry)))) {
                        return read;
                    }
                    read = Math.max(read, position);
                    position++;
                }
            } catch (IOException e) {
                throw new Bundle.Unreadable("The bundle cannot be read any more.");
            }
        }
        return read;
    }
}
