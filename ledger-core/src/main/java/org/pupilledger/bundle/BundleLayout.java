package org.pupilledger.bundle;

import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.pupilledger.merkle.Tile;
import org.pupilledger.verdict.LogVerdict;

/** Names and order of the files in a bundle; see {@code ledger-core/docs/verify.md}. */
public final class BundleLayout {
    public static final String FORMAT = "pupil-ledger-bundle/1";

    public static final String README = "README.txt";
    public static final String HEAD = "bundle.json";
    public static final String CHECKPOINT = "checkpoint";
    public static final String KEY = "key";
    public static final String EDITION = "edition/";
    public static final String FIGURES = EDITION + "figures.json";

    /** Lines of a file of entries, but for the last one: those of 16 tiles. */
    public static final int LINES = LogVerdict.PART;

    /** What stands in a line in place of an entry of which the bundle has the hash only. */
    public static final String HIDDEN = "null";

    private BundleLayout() {}

    public static String tile(Tile tile) {
        return "tile/" + tile.path();
    }

    /** How many files hold the entries of a tree. */
    public static long parts(long size) {
        return (size + LINES - 1) / LINES;
    }

    /** {@code entries/000.jsonl}; more digits where three do not suffice. */
    public static String entries(long part) {
        return String.format(Locale.ROOT, "entries/%03d.jsonl", part);
    }

    /** All names up to those of the edition, in order; made up one by one, since there may be any number. */
    public static Stream<String> beforeEdition(long size) {
        return Stream.concat(
                Stream.concat(
                        Stream.of(README, HEAD, CHECKPOINT, KEY),
                        Tile.ofTree(size).map(BundleLayout::tile)),
                LongStream.range(0, parts(size)).mapToObj(BundleLayout::entries));
    }
}
