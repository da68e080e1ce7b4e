package org.pupilledger.publishing;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.pupilledger.comparison.FigureCells;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.EditionDocument;
import org.pupilledger.editions.FigureSheet;
import org.pupilledger.editions.FrozenFigures;
import org.pupilledger.editions.Releases;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.figures.Totals;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.register.States;

/** The figures that were released, beside what they would be from other totals. */
public final class PublishedSheets {
    private static final String CSV = ".csv";

    private final EditionBuilder builder;
    private final Releases releases;

    public PublishedSheets(EditionBuilder builder, States<EditionEvent, EditionState> editions) {
        this.builder = builder;
        this.releases = new Releases(editions);
    }

    /** One published table of figures. */
    public static final class Sheet {
        private final FigureSheet sheet;
        private final byte[] csv;
        private final YearMonth last;
        private final Predicate<YearMonth> withheld;

        private Sheet(FigureSheet sheet, byte[] csv, YearMonth last, Predicate<YearMonth> withheld) {
            this.sheet = sheet;
            this.csv = csv;
            this.last = last;
            this.withheld = withheld;
        }

        /** Name of the table, {@code police-quarterly}. */
        public String name() {
            return sheet.table();
        }

        /** As it was released. */
        public byte[] csv() {
            return csv.clone();
        }

        /** Whether a row counts other organisations than its own. */
        public boolean isRolledUp() {
            return sheet.isRolledUp();
        }

        /** The same table from other totals, by their rules. */
        public FigureCells of(Totals totals) {
            return sheet.cells(totals, last, withheld, FigureCells::texts);
        }
    }

    /** By which something was made; where nobody here knows them, the newest. */
    public static EditionRules rules(Content content) {
        return EditionRules.of(content.rules()).orElse(EditionRules.NEWEST);
    }

    /** The tables of figures of a release, in the order in which they were published. */
    public List<Sheet> of(EditionState edition, Revision revision) {
        Quarter quarter = edition.quarter();
        Predicate<YearMonth> withheld =
                Releases.in(releases.withheld(quarter, revision.content().position()));
        List<Sheet> sheets = new ArrayList<>();
        for (FigureSheet sheet : FigureSheet.of(rules(revision.content()))) {
            byte[] csv = builder.file(edition, revision, sheet.table() + CSV)
                    .orElseThrow(() -> new IllegalStateException("a release without the table " + sheet.table()));
            sheets.add(new Sheet(sheet, csv, quarter.last(), withheld));
        }
        return sheets;
    }

    /**
     * The figures behind a release.
     *
     * @param name     {@code 2023-Q3 revision 1}
     * @param position newest entry that is counted
     * @param rules    by which it was made
     */
    public record Frozen(String name, long position, EditionRules rules, Sha256 digest, Predicate<YearMonth> isShown) {
        /** Whether totals as at the position, by its rules, are what was released. */
        public boolean isOf(Totals totals) {
            Totals shown = totals.ofMonths(isShown);
            return Sha256.of(FrozenFigures.encode(shown)).equals(digest);
        }
    }

    /** All that were released, the oldest first. */
    public List<Frozen> frozen() {
        return releases.all().stream().map(PublishedSheets::frozen).toList();
    }

    private static Frozen frozen(Release release) {
        return new Frozen(
                EditionDocument.name(release.quarter(), release.revision()),
                release.content().position(),
                rules(release.content()),
                release.content().figures(),
                release::holds);
    }
}
