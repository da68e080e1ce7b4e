package org.pupilledger.figures;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;

/**
 * Monthly totals as canonical JSON: {@code {"categories": {code: category}, "months": [{"measures": {column: number, where
 * not 0}, "month", "organisation"}]}}, where a total of several months has their range as its month. The same totals give
 * the same bytes.
 */
public final class TotalsJson {
    private TotalsJson() {}

    /** @param isWanted rows that are written */
    public static void write(CanonicalWriter out, Totals totals, Predicate<Tally> isWanted) {
        out.beginObject().name("categories").beginObject();
        new TreeMap<>(totals.categories())
                .forEach((code, category) -> out.name(code.value()).value(category.name()));
        out.endObject().name("months").beginArray();
        totals.months().forEach((key, tally) -> {
            if (isWanted.test(tally)) {
                month(out, key, tally);
            }
        });
        out.endArray().endObject();
    }

    private static void month(CanonicalWriter out, Delta.Key key, Tally tally) {
        out.beginObject().name("measures").beginObject();
        TreeMap<String, Long> measures = new TreeMap<>();
        for (Measure measure : Measure.values()) {
            if (tally.get(measure) != 0) {
                measures.put(measure.column(), tally.get(measure));
            }
        }
        measures.forEach((column, value) -> out.name(column).value(value));
        out.endObject()
                .name("month")
                .value(key.period().toString())
                .name("organisation")
                .value(key.organisation().value())
                .endObject();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.pupilledger.canonical.UnreadableEvent where it is something else
     * @throws IllegalArgumentException               where a code or a column is not known
     */
    public static Totals read(CanonicalReader in) {
        Totals totals = new Totals();
        in.beginObject();
        in.name("categories").beginObject();
        in.members((code, value) -> totals.put(new OrganisationCode(code), Category.valueOf(value.text())));
        in.endObject();
        List<Delta.Row> rows = in.name("months").list(TotalsJson::month);
        in.endObject();
        rows.forEach(row -> totals.add(row.key(), row.tally()));
        return totals;
    }

    private static Delta.Row month(CanonicalReader in) {
        Tally tally = new Tally();
        in.beginObject();
        in.name("measures").beginObject();
        in.members((column, value) -> tally.add(Measure.ofColumn(column), value.number()));
        in.endObject();
        Period period = Period.parse(in.name("month").text())
                .orElseThrow(() -> new UnreadableEvent("totals of what is no period"));
        OrganisationCode organisation =
                new OrganisationCode(in.name("organisation").text());
        in.endObject();
        return new Delta.Row(new Delta.Key(period, organisation), tally);
    }
}
