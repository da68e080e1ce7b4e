package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.List;
import java.util.TreeMap;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.schema.CanonicalReader;
import org.pupilledger.schema.CanonicalWriter;
import org.pupilledger.totals.Delta;
import org.pupilledger.totals.Measure;
import org.pupilledger.totals.Tally;
import org.pupilledger.totals.Totals;

/**
 * The monthly figures behind an edition, as canonical JSON: {@code {"categories": {code: category},
 * "months": [{"measures": {column: number, where not 0}, "month", "organisation"}]}}. The same figures give the same
 * bytes.
 */
final class FrozenFigures {
    private FrozenFigures() {}

    static byte[] encode(Totals totals) {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject().name("categories").beginObject();
        new TreeMap<>(totals.categories())
                .forEach((code, category) -> out.name(code.value()).value(category.name()));
        out.endObject().name("months").beginArray();
        totals.months().forEach((key, tally) -> {
            if (tally.hasRequests()) {
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
                        .value(key.month().toString())
                        .name("organisation")
                        .value(key.organisation().value())
                        .endObject();
            }
        });
        return out.endArray().endObject().toByteArray();
    }

    static Totals decode(byte[] bytes) {
        Totals totals = new Totals();
        CanonicalReader in = new CanonicalReader(bytes);
        in.beginObject();
        in.name("categories").beginObject();
        in.members((code, value) -> totals.put(new OrganisationCode(code), Category.valueOf(value.text())));
        in.endObject();
        List<Delta.Row> rows = in.name("months").list(FrozenFigures::month);
        in.endObject();
        in.end();
        rows.forEach(row -> totals.add(row.key(), row.tally()));
        return totals;
    }

    private static Delta.Row month(CanonicalReader in) {
        Tally tally = new Tally();
        in.beginObject();
        in.name("measures").beginObject();
        in.members((column, value) -> tally.add(Measure.ofColumn(column), value.number()));
        in.endObject();
        YearMonth month = YearMonth.parse(in.name("month").text());
        OrganisationCode organisation =
                new OrganisationCode(in.name("organisation").text());
        in.endObject();
        return new Delta.Row(new Delta.Key(month, organisation), tally);
    }
}
