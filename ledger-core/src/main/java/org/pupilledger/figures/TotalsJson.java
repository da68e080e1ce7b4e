package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.period.Period;
import org.pupilledger.values.Why;

/**
 * Monthly totals as canonical JSON: {@code {"categories": {code: category}, "coverage": [{"declarations", "from",
 * "organisation", "to"}], "months": [{"measures": {column: number, where not 0}, "month", "organisation", "why":
 * {"gateway", "lawfulBasis", "purpose"}}], "parents": {code: code}}}, where a total of several months has their range as
 * its month, and of requests whose events do not tell it there is no {@code why}. The same totals give the same bytes.
 * Where nothing is covered there is no {@code coverage}, and where no organisation has a parent no {@code parents}, as
 * before there were any.
 */
public final class TotalsJson {
    private static final String COVERAGE = "coverage";
    private static final String MONTHS = "months";

    private TotalsJson() {}

    /** @param isWanted rows that are written */
    public static void write(CanonicalWriter out, Totals totals, Predicate<Tally> isWanted) {
        out.beginObject().name("categories").beginObject();
        totals.organisations()
                .forEach((code, placement) ->
                        out.name(code.value()).value(placement.category().name()));
        out.endObject();
        if (!totals.coverage().isEmpty()) {
            out.name(COVERAGE).beginArray();
            totals.coverage().forEach((covered, declarations) -> covered(out, covered, declarations));
            out.endArray();
        }
        out.name(MONTHS).beginArray();
        totals.months().forEach((key, tally) -> {
            if (isWanted.test(tally)) {
                month(out, key, tally);
            }
        });
        out.endArray();
        parents(out, totals);
        out.endObject();
    }

    private static void parents(CanonicalWriter out, Totals totals) {
        Map<OrganisationCode, OrganisationCode> parents = new TreeMap<>();
        totals.organisations().forEach((code, placement) -> {
            if (placement.parent() != null) {
                parents.put(code, placement.parent());
            }
        });
        if (!parents.isEmpty()) {
            out.name("parents").beginObject();
            parents.forEach((code, parent) -> out.name(code.value()).value(parent.value()));
            out.endObject();
        }
    }

    private static void covered(CanonicalWriter out, CoveredMonths covered, long declarations) {
        out.beginObject().name("declarations").value(declarations);
        out.name("from").value(covered.from().toString());
        out.name("organisation").value(covered.organisation().value()).name("to");
        if (covered.to() == null) {
            out.nothing();
        } else {
            out.value(covered.to().toString());
        }
        out.endObject();
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
                .value(key.organisation().value());
        Why why = key.why();
        if (!why.equals(Why.UNTOLD)) {
            out.name("why").beginObject();
            out.name("gateway").value(why.gateway());
            out.name("lawfulBasis").value(why.lawfulBasis());
            out.name("purpose").value(why.purpose()).endObject();
        }
        out.endObject();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UnreadableEvent          where it is something else
     * @throws IllegalArgumentException where a code or a column is not known
     */
    public static Totals read(CanonicalReader in) {
        Totals totals = new Totals();
        in.beginObject();
        in.name("categories").beginObject();
        in.members((code, value) ->
                totals.put(new OrganisationCode(code), new Placement(Category.valueOf(value.text()), null)));
        in.endObject();
        String next = in.nameAfter("categories");
        if (next.equals(COVERAGE)) {
            in.list(covered -> addCovered(totals, covered));
            next = in.nameAfter(COVERAGE);
        }
        if (!next.equals(MONTHS)) {
            throw new UnreadableEvent("totals without months");
        }
        List<Delta.Row> rows = in.list(TotalsJson::month);
        if (in.hasMember()) {
            in.name("parents").beginObject();
            in.members((code, value) -> addParent(totals, new OrganisationCode(code), value.text()));
            in.endObject();
        }
        in.endObject();
        rows.forEach(row -> totals.add(row.key(), row.tally()));
        return totals;
    }

    private static Totals addCovered(Totals totals, CanonicalReader in) {
        long declarations = in.beginObject().name("declarations").number();
        YearMonth from = YearMonth.parse(in.name("from").text());
        OrganisationCode organisation =
                new OrganisationCode(in.name("organisation").text());
        String to = in.name("to").textOrNull();
        in.endObject();
        totals.coverage()
                .add(new CoveredMonths(organisation, from, to == null ? null : YearMonth.parse(to)), declarations);
        return totals;
    }

    private static void addParent(Totals totals, OrganisationCode code, String parent) {
        Placement alone = totals.organisations().get(code);
        if (alone == null) {
            throw new IllegalArgumentException("a parent of an organisation without a category");
        }
        totals.put(code, new Placement(alone.category(), new OrganisationCode(parent)));
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
        Why why = in.hasMember() ? why(in.name("why")) : Why.UNTOLD;
        in.endObject();
        return new Delta.Row(new Delta.Key(period, organisation, why), tally);
    }

    private static Why why(CanonicalReader in) {
        String gateway = in.beginObject().name("gateway").text();
        String lawfulBasis = in.name("lawfulBasis").text();
        Why why = new Why(in.name("purpose").text(), gateway, lawfulBasis);
        in.endObject();
        return why;
    }
}
