package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.COUNT;
import static org.pupilledger.schema.Values.DATE;
import static org.pupilledger.schema.Values.NUMBER;
import static org.pupilledger.schema.Values.ORGANISATION;
import static org.pupilledger.schema.Values.SOURCE_REFERENCE;
import static org.pupilledger.schema.Values.code;
import static org.pupilledger.schema.Values.month;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.SourceReference;
import org.pupilledger.statement.Backing;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementEvent.Annulled;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementEvent.RecipientsTold;
import org.pupilledger.statement.Telling;
import org.pupilledger.statement.Unit;

/** Facts about statements as JSON. What was told, when and how stands flat beside the rest. */
final class StatementJson {
    private static final Form<Channel> CHANNEL = code(Channel.class);
    private static final Form<YearMonth> MONTH = month("not a month");

    /** A position or a source; the members of the other are null, so that every backing has the same shape. */
    private static final Form<Backing> BACKING = Shape.of(
            StatementJson::backing,
            orNull("position", NUMBER, b -> b instanceof Backing.AtPosition(long position) ? position : null),
            orNull("source", code(Source.class), b -> b instanceof Backing.NamedSource named ? named.source() : null),
            orNull("reference", SOURCE_REFERENCE, b -> b instanceof Backing.NamedSource n ? n.reference() : null));

    static final Form<Made> MADE = Shape.of(
                    StatementJson::made,
                    member("toldOn", DATE, made -> made.telling().toldOn()),
                    member("channel", CHANNEL, made -> made.telling().channel()),
                    orNull("reference", SOURCE_REFERENCE, made -> made.telling().reference()),
                    orNull("body", ORGANISATION, Made::body),
                    member(
                            "measure",
                            code(PublishedMeasure.class),
                            made -> made.figure().measure()),
                    orNull("organisation", ORGANISATION, made -> made.figure().organisation()),
                    member("from", MONTH, made -> made.figure().period().from()),
                    member("to", MONTH, made -> made.figure().period().to()),
                    member("value", COUNT, Made::value),
                    member("backing", BACKING, Made::backing))
            .telling("unit", code(Unit.class), made -> made.figure().measure().unit(), "a measure in another unit");
    static final Form<Corrected> CORRECTED = Shape.of(
            (was, now, toldOn, channel, reference, cause) ->
                    new Corrected(was, now, new Telling(toldOn, channel, reference), cause),
            member("was", COUNT, Corrected::was),
            member("now", COUNT, Corrected::now),
            member("toldOn", DATE, corrected -> corrected.telling().toldOn()),
            member("channel", CHANNEL, corrected -> corrected.telling().channel()),
            orNull(
                    "reference",
                    SOURCE_REFERENCE,
                    corrected -> corrected.telling().reference()),
            member("cause", code(Cause.class), Corrected::cause));
    static final Form<RecipientsTold> RECIPIENTS_TOLD = Shape.of(
            (toldOn, channel, reference, value) -> new RecipientsTold(new Telling(toldOn, channel, reference), value),
            member("toldOn", DATE, told -> told.telling().toldOn()),
            member("channel", CHANNEL, told -> told.telling().channel()),
            orNull("reference", SOURCE_REFERENCE, told -> told.telling().reference()),
            member("value", COUNT, RecipientsTold::value));

    static final Form<Annulled> ANNULLED = Shape.of(
            Annulled::new,
            member("cause", code(Cause.class), Annulled::cause),
            orNull("authority", SOURCE_REFERENCE, Annulled::authority));

    private StatementJson() {}

    private static Made made(
            BusinessDate toldOn,
            Channel channel,
            @Nullable SourceReference reference,
            @Nullable OrganisationCode body,
            PublishedMeasure measure,
            @Nullable OrganisationCode organisation,
            YearMonth from,
            YearMonth to,
            int value,
            Backing backing) {
        Figure figure = new Figure(measure, organisation, Period.range(from, to));
        return new Made(new Telling(toldOn, channel, reference), body, figure, value, backing);
    }

    private static Backing backing(
            @Nullable Long position, @Nullable Source source, @Nullable SourceReference reference) {
        if (position != null && source == null && reference == null) {
            return new Backing.AtPosition(position);
        }
        if (position != null || source == null) {
            throw new UnreadableEvent("not one backing");
        }
        return new Backing.NamedSource(source, reference);
    }
}
