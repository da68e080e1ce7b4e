package org.pupilledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.verdict.Break;

/** Every change of a bundle is refused, and named. */
@Timeout(120)
class TamperedBundleTest {
    private static final String CSV = "edition/other-government-quarterly.csv";

    private static PublishedLedger ledger;
    private static Parts audit;
    private static Parts open;

    @TempDir
    private Path directory;

    @BeforeAll
    static void publish() {
        ledger = PublishedLedger.ofTheDwpCases();
        ledger.publish("2023-Q3");
        audit = Parts.of(ledger.bundle("2023-Q3", 1, Variant.AUDIT));
        open = Parts.of(ledger.bundle("2023-Q3", 1, Variant.PUBLIC));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    /**
     * A change and what is said of it.
     *
     * @param first how the first break begins: kind, position, or the sentence from some word on
     */
    record Change(String what, UnaryOperator<Parts> change, Break.Kind kind, String first) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static UnaryOperator<Parts> lines(UnaryOperator<List<String>> change) {
        return parts -> parts.withLines(change.apply(parts.lines()));
    }

    private static <T> List<T> edited(List<T> list, java.util.function.Consumer<List<T>> change) {
        change.accept(list);
        return list;
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change(
                        "an entry altered",
                        lines(lines -> edited(lines, it -> it.set(5, it.get(5).replaceFirst("20[0-9]{2}", "1999")))),
                        Break.Kind.CHANGED,
                        "The entry at position 5 is another"),
                new Change(
                        "an entry dropped",
                        lines(lines -> edited(lines, it -> it.remove(6))),
                        Break.Kind.MISSING,
                        "The entry of position 6 is missing"),
                new Change(
                        "the last entry dropped",
                        lines(lines -> edited(lines, List::removeLast)),
                        Break.Kind.MISSING,
                        "The entry of position "),
                new Change(
                        "an entry added",
                        lines(lines -> edited(lines, it -> it.add(7, it.get(7).replaceFirst("20[0-9]{2}", "1999")))),
                        Break.Kind.INSERTED,
                        "An entry stands at position 7"),
                new Change(
                        "an entry added at the end",
                        lines(lines -> edited(lines, it -> it.add(it.getFirst()))),
                        Break.Kind.INSERTED,
                        "The bundle has a line after"),
                new Change(
                        "two entries exchanged",
                        lines(lines -> edited(lines, it -> Collections.swap(it, 4, 9))),
                        Break.Kind.REORDERED,
                        "The entry of position 9 stands at position 4"),
                new Change(
                        "two neighbours exchanged",
                        lines(lines -> edited(lines, it -> Collections.swap(it, 4, 5))),
                        Break.Kind.REORDERED,
                        "The entry of position 5 stands at position 4"),
                new Change(
                        "an entry hidden",
                        lines(lines -> edited(lines, it -> it.set(8, "null"))),
                        Break.Kind.MISSING,
                        "The entry of position 8 is missing: an audit bundle"),
                new Change("a tile changed", parts -> parts.with(tile(parts), 40), Break.Kind.CHANGED, "tile/0/000.p/"),
                new Change(
                        "a tile cut off",
                        parts -> parts.with(tile(parts), Arrays.copyOf(parts.content(tile(parts)), 40)),
                        Break.Kind.CHANGED,
                        "tile/0/000.p/"),
                new Change(
                        "an entry and its hash changed",
                        TamperedBundleTest::entryAndHash,
                        Break.Kind.FORGED,
                        "The entries and tiles give another root hash"),
                new Change(
                        "the checkpoint changed",
                        parts -> parts.with("checkpoint", text -> text.replaceFirst("\n([0-9])", "\n1$1")),
                        Break.Kind.FORGED,
                        "The checkpoint of "),
                new Change(
                        "the signature changed",
                        parts -> parts.with("checkpoint", text -> text.substring(0, text.length() - 9) + "AAAAAAA=\n"),
                        Break.Kind.FORGED,
                        "The checkpoint of "),
                new Change(
                        "the origin changed",
                        parts -> parts.with("checkpoint", text -> text.replaceFirst("test", "rest")),
                        Break.Kind.FORGED,
                        "The bundle is of another log"),
                new Change(
                        "the key changed",
                        parts -> parts.with("key", text -> text.replaceFirst("test", "rest")),
                        Break.Kind.CHANGED,
                        "The keys in the bundle"),
                new Change(
                        "a figure changed",
                        parts -> parts.with(CSV, text -> text.replaceFirst(",185,1,", ",186,1,")),
                        Break.Kind.CHANGED,
                        CSV + ", row 1 (2018-Q2, DWP), column individuals_submitted: the file says 186, the entries"
                                + " give 185."),
                new Change(
                        "a row taken out of a table",
                        parts -> parts.with(CSV, text -> text.replaceFirst("(?m)^2018-Q2.*\r\n", "")),
                        Break.Kind.CHANGED,
                        CSV + ", row 1 (2018-Q2, DWP), column period"),
                new Change(
                        "a row added to a table",
                        parts -> parts.with(CSV, text -> text + text.substring(text.indexOf("2023-Q3"))),
                        Break.Kind.CHANGED,
                        CSV + ", row 4: the entries give no such row"),
                new Change(
                        "a table that is none",
                        parts -> parts.with(CSV, new byte[] {'"'}),
                        Break.Kind.CHANGED,
                        CSV + " is missing or no CSV file"),
                new Change(
                        "a column renamed",
                        parts -> parts.with(CSV, text -> text.replaceFirst("matched", "hatched")),
                        Break.Kind.CHANGED,
                        CSV + " has other columns"),
                new Change(
                        "metadata changed",
                        parts -> parts.with(CSV + "-metadata.json", text -> text.replaceFirst("Requests", "Bequests")),
                        Break.Kind.CHANGED,
                        CSV + "-metadata.json is not"),
                new Change(
                        "the frozen figures changed",
                        parts -> parts.with("edition/figures.json", text -> text.replaceFirst("185", "186")),
                        Break.Kind.CHANGED,
                        "edition/figures.json: the monthly figures"),
                new Change(
                        "a page changed",
                        parts -> parts.with("edition/pupil-matching-2023-Q3.html", text -> text + " "),
                        Break.Kind.CHANGED,
                        "edition/pupil-matching-2023-Q3.html is not the file that was released"),
                new Change(
                        "two files exchanged",
                        parts -> parts.with("edition/pupil-matching-2023-Q3.html", parts.content(CSV)),
                        Break.Kind.CHANGED,
                        "edition/pupil-matching-2023-Q3.html is not the file that was released"),
                new Change(
                        "a file of the edition missing",
                        parts -> parts.without("edition/pupil-matching-2023-Q3.ods"),
                        Break.Kind.MISSING,
                        "edition/pupil-matching-2023-Q3.ods is missing"),
                new Change(
                        "a file added to the edition",
                        parts -> parts.and("edition/more.csv", new byte[0]),
                        Break.Kind.INSERTED,
                        "The bundle holds a file in edition/"),
                new Change(
                        "files of the edition in another order",
                        parts -> parts.exchanged(CSV, "edition/figures.json"),
                        Break.Kind.REORDERED,
                        "The files in edition/"),
                new Change(
                        "another part",
                        parts -> parts.and("virus.exe", new byte[0]),
                        Break.Kind.INSERTED,
                        "The bundle has a part that does not belong"),
                new Change(
                        "parts in another order",
                        parts -> parts.exchanged("checkpoint", "key"),
                        Break.Kind.REORDERED,
                        "The parts of the bundle are not in their order: checkpoint"),
                new Change(
                        "no entries",
                        parts -> parts.without("entries/000.jsonl"),
                        Break.Kind.MISSING,
                        "The bundle has no entries/000.jsonl"),
                new Change(
                        "no checkpoint",
                        parts -> parts.without("checkpoint"),
                        Break.Kind.MISSING,
                        "The bundle has no checkpoint"),
                new Change(
                        "another README",
                        parts -> parts.with("README.txt", text -> text.replaceFirst("does not prove", "proves")),
                        Break.Kind.CHANGED,
                        "README.txt is not"),
                new Change(
                        "another format",
                        parts -> parts.with("bundle.json", text -> text.replaceFirst("bundle/1", "bundle/2")),
                        Break.Kind.CHANGED,
                        "bundle.json is missing, or not of the format"),
                new Change(
                        "another number of entries",
                        parts -> parts.with("bundle.json", text -> text.replaceFirst("\"entries\":", "\"entries\":1")),
                        Break.Kind.CHANGED,
                        "bundle.json has another origin or number of entries"),
                new Change(
                        "another position",
                        parts ->
                                parts.with("bundle.json", text -> text.replaceFirst("\"position\":", "\"position\":1")),
                        Break.Kind.CHANGED,
                        "README.txt is not"),
                new Change(
                        "another edition",
                        parts -> parts.with("bundle.json", text -> text.replaceFirst("2023-Q3", "2023-Q2")),
                        Break.Kind.CHANGED,
                        "README.txt is not"));
    }

    private static String tile(Parts parts) {
        return parts.names().stream()
                .filter(name -> name.startsWith("tile/0/"))
                .findFirst()
                .orElseThrow();
    }

    private static Parts entryAndHash(Parts parts) {
        List<String> lines = parts.lines();
        lines.set(5, lines.get(5).replaceFirst("20[0-9]{2}", "1999"));
        byte[] tile = parts.content(tile(parts)).clone();
        byte[] hash = org.pupilledger.merkle.TreeHash.ofLeaf(lines.get(5).getBytes(StandardCharsets.UTF_8));
        System.arraycopy(hash, 0, tile, 5 * hash.length, hash.length);
        return parts.withLines(lines).with(tile(parts), tile);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsRefusedAndNamed(Change change) {
        List<Break> breaks = breaks(change.change().apply(audit).in(directory), ledger.pinned());

        assertThat(breaks).isNotEmpty();
        assertThat(breaks.getFirst().sentence()).startsWith(change.first());
        assertThat(breaks.getFirst().kind()).isEqualTo(change.kind());
    }

    private static List<Break> breaks(Path file, LogVerifier pinned) {
        try (BundleVerification verification = new BundleVerification(file, pinned)) {
            return verification.run().breaks();
        }
    }

    @Test
    void aBundleThatWasOnlyPackedAnewIsTheSame() {
        assertThat(breaks(audit.in(directory), ledger.pinned())).isEmpty();
    }

    @Test
    void anotherKeyIsRefused() {
        try (PublishedLedger other = PublishedLedger.empty()) {
            assertThat(breaks(audit.in(directory), other.pinned()))
                    .extracting(Break::kind)
                    .containsExactly(Break.Kind.FORGED);
        }
    }

    @Test
    void anotherOriginIsRefused() {
        LogVerifier elsewhere =
                new LogVerifier("elsewhere.invalid/log", BundleVerification.keysIn(audit.in(directory)));

        assertThat(breaks(audit.in(directory), elsewhere).getFirst().sentence())
                .startsWith("The bundle is of another log");
    }

    @Test
    void aBundleThatIsCutOffIsRefused() {
        byte[] packed = audit.packed();
        Path cut = Parts.write(directory, Arrays.copyOf(packed, packed.length / 2));

        assertThatThrownBy(() -> breaks(cut, ledger.pinned()))
                .isInstanceOf(Bundle.Unreadable.class)
                .hasMessageContaining("not a whole one");
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        Parts twice = audit.and("nodelivery.txt".replaceFirst("nodelivery", "READ_E"), new byte[0]);

        assertThat(breaks(Parts.write(directory, twice.packed("READ_E.txt", "README.txt")), ledger.pinned()))
                .isNotEmpty();
    }

    @Test
    void aFigureThatNeedsAHiddenEntryIsRefused() {
        List<String> lines = open.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("2018-04") && lines.get(i).contains("matching-request.disclosed")) {
                lines.set(i, "null");
            }
        }

        assertThat(breaks(open.withLines(lines).in(directory), ledger.pinned())
                        .getFirst()
                        .sentence())
                .contains("row 1 (2018-Q2, DWP)");
    }

    @Test
    void aBundleWithoutItsReleaseIsRefused() {
        List<String> lines = open.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("edition.released")) {
                lines.set(i, "null");
            }
        }

        assertThat(breaks(open.withLines(lines).in(directory), ledger.pinned())
                        .getFirst()
                        .sentence())
                .isEqualTo("No entry releases revision 1 of the edition 2023-Q3.");
    }

    @Test
    void whicheverEntryIsHiddenTooItIsNamedOrNothingNeedsIt() {
        for (int position = 0; position < open.lines().size(); position++) {
            List<String> lines = open.lines();
            String hidden = lines.set(position, "null");
            List<Break> found = breaks(open.withLines(lines).in(directory), ledger.pinned());

            if (hidden.contains("edition.scheduled") || hidden.contains("matching-request.received")) {
                assertThat(found).as(hidden).isNotEmpty();
            }
            assertThat(found).allSatisfy(one -> assertThat(one.sentence()).isNotBlank());
        }
    }
}
