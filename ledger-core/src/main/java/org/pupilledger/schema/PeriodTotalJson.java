package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.DATE;
import static org.pupilledger.schema.Values.ORGANISATION;
import static org.pupilledger.schema.Values.SOURCE_REFERENCE;
import static org.pupilledger.schema.Values.code;
import static org.pupilledger.schema.Values.month;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotalEvent.Annulled;
import org.pupilledger.spans.PeriodTotalEvent.Corrected;
import org.pupilledger.spans.PeriodTotalEvent.Recorded;
import org.pupilledger.spans.SpanHeader;
import org.pupilledger.values.Historic;

/** Facts about totals of longer periods as JSON. A count that is not stated is null, never missing. */
final class PeriodTotalJson {
    private static final Form<YearMonth> MONTH = month("not a month");
    private static final Form<SpanHeader> HEADER = Shape.of(
            PeriodTotalJson::header,
            member("organisation", ORGANISATION, SpanHeader::organisation),
            member("from", MONTH, header -> header.period().from()),
            member("to", MONTH, header -> header.period().to()));
    private static final Form<Historic> SOURCE = Shape.of(
            Historic::new,
            member("source", code(Source.class), Historic::source),
            orNull("reference", SOURCE_REFERENCE, Historic::reference),
            orNull("published", DATE, Historic::published));
    private static final List<Count> REQUESTS = inOrder(true);
    private static final List<Count> INDIVIDUALS = inOrder(false);
    private static final Form<Counts> COUNTS = Form.of(PeriodTotalJson::write, PeriodTotalJson::counts);

    static final Form<Recorded> RECORDED = Shape.of(
            Recorded::new,
            member("header", HEADER, Recorded::header),
            member("counts", COUNTS, Recorded::counts),
            member("source", SOURCE, Recorded::source));
    static final Form<Corrected> CORRECTED = Shape.of(
            Corrected::new,
            member("header", HEADER, Corrected::header),
            member("was", COUNTS, Corrected::was),
            member("now", COUNTS, Corrected::now),
            member("cause", code(Cause.class), Corrected::cause),
            orNull("authority", SOURCE_REFERENCE, Corrected::authority));
    static final Form<Annulled> ANNULLED = Shape.of(
            Annulled::new,
            member("header", HEADER, Annulled::header),
            member("was", COUNTS, Annulled::was),
            member("cause", code(Cause.class), Annulled::cause),
            orNull("authority", SOURCE_REFERENCE, Annulled::authority));

    private PeriodTotalJson() {}

    private static SpanHeader header(OrganisationCode organisation, YearMonth from, YearMonth to) {
        return new SpanHeader(organisation, Period.months(from, to));
    }

    private static List<Count> inOrder(boolean isOfRequests) {
        return Stream.of(Count.values())
                .filter(count -> count.isOfRequests() == isOfRequests)
                .sorted(Comparator.comparing(Count::member))
                .toList();
    }

    private static void write(CanonicalWriter out, Counts counts) {
        out.beginObject();
        write(out.name("individuals"), INDIVIDUALS, counts);
        write(out.name("requests"), REQUESTS, counts);
        out.endObject();
    }

    private static void write(CanonicalWriter out, List<Count> members, Counts counts) {
        out.beginObject();
        for (Count count : members) {
            Integer stated = counts.get(count);
            out.name(count.member());
            if (stated == null) {
                out.nothing();
            } else {
                out.value(stated);
            }
        }
        out.endObject();
    }

    private static Counts counts(CanonicalReader in) {
        Map<Count, Integer> stated = new EnumMap<>(Count.class);
        in.beginObject();
        read(in.name("individuals"), INDIVIDUALS, stated);
        read(in.name("requests"), REQUESTS, stated);
        in.endObject();
        return new Counts(stated);
    }

    private static void read(CanonicalReader in, List<Count> members, Map<Count, Integer> stated) {
        in.beginObject();
        for (Count count : members) {
            in.name(count.member());
            if (!in.isNull()) {
                stated.put(count, in.count());
            }
        }
        in.endObject();
    }
}
