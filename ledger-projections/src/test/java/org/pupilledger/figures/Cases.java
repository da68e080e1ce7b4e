package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.request.Figures;
import org.pupilledger.request.Figures.DisclosureFigures;
import org.pupilledger.request.Figures.MatchFigures;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Requests;

/** Requests as the figures see them, and the real ones of the DWP (FOI answer of 5 February 2024). */
final class Cases {
    static final OrganisationCode DWP = new OrganisationCode("DWP");
    static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");

    static final List<Figures> DWP_CASES = List.of(
            answered(header("2018-04", 1), 185, 1, 1, 0, Item.MATCH_INDICATOR),
            disclosed(
                    header("2023-06", 1),
                    people(12),
                    new MatchFigures(people(null), people(null)),
                    new DisclosureFigures(people(12), people(12), List.of(Item.RECORD_HELD, Item.DATE_LAST_COLLECTED))),
            answered(header("2023-08", 1), 1, 1, 1, 1, Item.ADDRESS_HISTORY, Item.SCHOOL_HISTORY),
            answered(header("2023-08", 3), 7, 2, 2, 2, Item.SCHOOL, Item.DATE_LAST_COLLECTED),
            answered(header("2023-09", 1), 1, 0, 0, 0),
            answered(header("2023-11", 1), 2, 0, 0, 0));

    private Cases() {}

    static RequestHeader header(String received, int requests) {
        return new RequestHeader(DWP, YearMonth.parse(received), new Requests(requests));
    }

    /** Not matched yet, or never. */
    static Figures open(Outcome outcome, @Nullable Integer submitted) {
        return new Figures(header("2023-06", 1), outcome, people(submitted), null, null);
    }

    static Figures matched(Outcome outcome, int submitted, int matched) {
        return new Figures(
                header("2023-06", 1), outcome, people(submitted), new MatchFigures(people(matched), people(0)), null);
    }

    static Figures answered(int submitted, int matched, int answered, int returned, Item... items) {
        return answered(header("2023-06", 1), submitted, matched, answered, returned, items);
    }

    static Figures answered(
            RequestHeader header, int submitted, int matched, int answered, int returned, Item... items) {
        return disclosed(
                header,
                people(submitted),
                new MatchFigures(people(matched), people(0)),
                new DisclosureFigures(people(answered), people(returned), List.of(items)));
    }

    /** With a match of which nothing is stated. */
    static Figures disclosed(
            int submitted, @Nullable Integer answered, @Nullable Integer returned, @Nullable List<Item> items) {
        return disclosed(
                header("2023-06", 1),
                people(submitted),
                new MatchFigures(people(null), people(null)),
                new DisclosureFigures(people(answered), people(returned), items));
    }

    private static Figures disclosed(
            RequestHeader header, Individuals submitted, MatchFigures match, DisclosureFigures disclosure) {
        return new Figures(header, Outcome.APPROVED, submitted, match, disclosure);
    }

    static Individuals people(@Nullable Integer count) {
        return Individuals.ofNullable(count);
    }

    /** The row that these requests would share. */
    static Tally row(Figures... requests) {
        Tally row = new Tally();
        for (Figures request : requests) {
            row.add(Delta.contribution(request));
        }
        return row;
    }

    static Totals totals(List<Figures> requests) {
        Totals totals = new Totals();
        totals.put(DWP, new Placement(Category.OTHER_GOVERNMENT, null));
        totals.put(HOME_OFFICE, new Placement(Category.HOME_OFFICE, null));
        requests.forEach(request -> totals.add(
                new Delta.Key(
                        request.header().received(),
                        request.header().organisation(),
                        request.header().why()),
                Delta.contribution(request)));
        return totals;
    }
}
