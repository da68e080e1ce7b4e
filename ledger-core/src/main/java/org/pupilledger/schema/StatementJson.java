package org.pupilledger.schema;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Cause;
import org.pupilledger.request.Source;
import org.pupilledger.request.SourceReference;
import org.pupilledger.statement.Backing;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.Telling;
import org.pupilledger.statement.Unit;

/** Facts about statements as JSON. */
final class StatementJson {
    private StatementJson() {}

    static void writeMade(CanonicalWriter out, StatementEvent.Made event) {
        Figure figure = event.figure();
        out.beginObject().name("backing");
        writeBacking(out, event.backing());
        Values.text(out.name("body"), event.body());
        Values.code(out.name("channel"), event.telling().channel());
        Values.text(out.name("from"), figure.period().from());
        Values.code(out.name("measure"), figure.measure());
        Values.text(out.name("organisation"), figure.organisation());
        Values.text(out.name("reference"), event.telling().reference());
        Values.text(out.name("to"), figure.period().to());
        Values.date(out.name("toldOn"), event.telling().toldOn());
        Values.code(out.name("unit"), figure.measure().unit());
        out.name("value").value(event.value()).endObject();
    }

    static StatementEvent.Made readMade(CanonicalReader in) {
        in.beginObject();
        Backing backing = readBacking(in.name("backing"));
        OrganisationCode body = organisation(in.name("body"));
        Channel channel = Values.code(in.name("channel"), Channel.class);
        YearMonth from = month(in.name("from"));
        PublishedMeasure measure = Values.code(in.name("measure"), PublishedMeasure.class);
        OrganisationCode organisation = organisation(in.name("organisation"));
        SourceReference reference = Values.sourceReference(in.name("reference"));
        YearMonth to = month(in.name("to"));
        BusinessDate toldOn = Values.date(in.name("toldOn"));
        // written for who reads the event without knowing the measures
        if (Values.code(in.name("unit"), Unit.class) != measure.unit()) {
            throw new UnreadableEvent("a measure in another unit");
        }
        int value = in.name("value").count();
        in.endObject();
        return new StatementEvent.Made(
                new Telling(toldOn, channel, reference),
                body,
                new Figure(measure, organisation, Period.range(from, to)),
                value,
                backing);
    }

    static void writeCorrected(CanonicalWriter out, StatementEvent.Corrected event) {
        Values.code(out.beginObject().name("cause"), event.cause());
        Values.code(out.name("channel"), event.telling().channel());
        out.name("now").value(event.now());
        Values.text(out.name("reference"), event.telling().reference());
        Values.date(out.name("toldOn"), event.telling().toldOn());
        out.name("was").value(event.was()).endObject();
    }

    static StatementEvent.Corrected readCorrected(CanonicalReader in) {
        in.beginObject();
        Cause cause = Values.code(in.name("cause"), Cause.class);
        Channel channel = Values.code(in.name("channel"), Channel.class);
        int now = in.name("now").count();
        SourceReference reference = Values.sourceReference(in.name("reference"));
        BusinessDate toldOn = Values.date(in.name("toldOn"));
        int was = in.name("was").count();
        in.endObject();
        return new StatementEvent.Corrected(was, now, new Telling(toldOn, channel, reference), cause);
    }

    static void writeRecipientsTold(CanonicalWriter out, StatementEvent.RecipientsTold event) {
        Values.code(out.beginObject().name("channel"), event.telling().channel());
        Values.text(out.name("reference"), event.telling().reference());
        Values.date(out.name("toldOn"), event.telling().toldOn());
        out.name("value").value(event.value()).endObject();
    }

    static StatementEvent.RecipientsTold readRecipientsTold(CanonicalReader in) {
        in.beginObject();
        Channel channel = Values.code(in.name("channel"), Channel.class);
        SourceReference reference = Values.sourceReference(in.name("reference"));
        BusinessDate toldOn = Values.date(in.name("toldOn"));
        int value = in.name("value").count();
        in.endObject();
        return new StatementEvent.RecipientsTold(new Telling(toldOn, channel, reference), value);
    }

    /** A position or a source; the members of the other are null, so that every backing has the same shape. */
    private static void writeBacking(CanonicalWriter out, Backing backing) {
        out.beginObject();
        switch (backing) {
            case Backing.AtPosition(long position) ->
                out.name("position")
                        .value(position)
                        .name("reference")
                        .nothing()
                        .name("source")
                        .nothing();
            case Backing.NamedSource(var source, var reference) -> {
                out.name("position").nothing();
                Values.text(out.name("reference"), reference);
                Values.code(out.name("source"), source);
            }
        }
        out.endObject();
    }

    private static Backing readBacking(CanonicalReader in) {
        in.beginObject();
        in.name("position");
        Long position = in.isNull() ? null : (Long) in.number();
        SourceReference reference = Values.sourceReference(in.name("reference"));
        Source source = Values.codeOrNull(in.name("source"), Source.class);
        in.endObject();
        if (position != null && source == null && reference == null) {
            return new Backing.AtPosition(position);
        }
        if (position != null || source == null) {
            throw new UnreadableEvent("not one backing");
        }
        return new Backing.NamedSource(source, reference);
    }

    private static @Nullable OrganisationCode organisation(CanonicalReader in) {
        return in.isNull() ? null : new OrganisationCode(in.text());
    }

    private static YearMonth month(CanonicalReader in) {
        BusinessDate month = Values.date(in);
        if (month.day() != null) {
            throw new UnreadableEvent("not a month");
        }
        return month.month();
    }
}
