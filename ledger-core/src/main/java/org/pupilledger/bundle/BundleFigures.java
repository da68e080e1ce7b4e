package org.pupilledger.bundle;

import org.pupilledger.entries.EntrySequence;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.Totals;

/** The figures that follow from the entries of a bundle. */
final class BundleFigures implements FiguresSource {
    private final Current current;
    private final BundleEntries entries;

    /** @param all of all entries of a tree of this size */
    BundleFigures(Totals all, long size, BundleEntries entries) {
        this.current = new Current(all, size - 1);
        this.entries = entries;
    }

    @Override
    public Current current() {
        return current;
    }

    @Override
    public EntrySequence entries() {
        return entries;
    }
}
