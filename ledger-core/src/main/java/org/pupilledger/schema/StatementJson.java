package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.DATE;
import static org.pupilledger.schema.Values.NUMBER;
import static org.pupilledger.schema.Values.ORGANISATION;
import static org.pupilledger.schema.Values.SOURCE_REFERENCE;
import static org.pupilledger.schema.Values.TRUTH;
import static org.pupilledger.schema.Values.code;
import static org.pupilledger.schema.Values.month;
import static org.pupilledger.schema.Values.text;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.schema.EventTypes.Upcaster;
import org.pupilledger.statement.Amount;
import org.pupilledger.statement.Backing;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementEvent.Annulled;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementEvent.RecipientsTold;
import org.pupilledger.statement.Subject;
import org.pupilledger.statement.Telling;
import org.pupilledger.statement.Unit;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** Facts about statements as JSON. */
final class StatementJson {
    private static final Form<Channel> CHANNEL = code(Channel.class);

    /** Exactly a number where {@code least} and {@code most} are it. */
    private static final Form<Amount> AMOUNT = Shape.of(
            Amount::new,
            member("least", NUMBER, Amount::least),
            orNull("most", NUMBER, Amount::most),
            member("about", TRUTH, Amount::isAbout));

    /** The last month, or the day in it up to which it counts. */
    private static final Form<Figure> FIGURE = Shape.of(
            StatementJson::figure,
            member("measure", code(PublishedMeasure.class), Figure::measure),
            orNull("subject", text(Subject::new), Figure::subject),
            orNull("organisation", ORGANISATION, Figure::organisation),
            member("from", month("not a month"), figure -> figure.period().from()),
            member("to", DATE, Figure::to));

    private static final Form<Telling> TELLING = Shape.of(
            Telling::new,
            member("toldOn", DATE, Telling::toldOn),
            member("channel", CHANNEL, Telling::channel),
            orNull("reference", SOURCE_REFERENCE, Telling::reference));

    /** A position or a source; the members of the other are null, so that every backing has the same shape. */
    private static final Form<Backing> BACKING = Shape.of(
            StatementJson::backing,
            orNull("position", NUMBER, b -> b instanceof Backing.AtPosition at ? at.position() : null),
            member("wrongTelling", TRUTH, b -> b instanceof Backing.AtPosition at && at.isWrongTelling()),
            orNull("source", code(Source.class), b -> b instanceof Backing.NamedSource named ? named.source() : null),
            orNull("reference", SOURCE_REFERENCE, b -> b instanceof Backing.NamedSource n ? n.reference() : null));

    static final Form<Made> MADE = Shape.of(
                    Made::new,
                    member("telling", TELLING, Made::telling),
                    orNull("body", ORGANISATION, Made::body),
                    member("figure", FIGURE, Made::figure),
                    member("value", AMOUNT, Made::value),
                    member("backing", BACKING, Made::backing))
            .telling("unit", code(Unit.class), made -> made.figure().measure().unit(), "a measure in another unit");
    static final Form<Corrected> CORRECTED = Shape.of(
            Corrected::new,
            member("was", AMOUNT, Corrected::was),
            member("now", AMOUNT, Corrected::now),
            member("telling", TELLING, Corrected::telling),
            member("cause", code(Cause.class), Corrected::cause));
    static final Form<RecipientsTold> RECIPIENTS_TOLD = Shape.of(
            RecipientsTold::new,
            member("telling", TELLING, RecipientsTold::telling),
            member("value", AMOUNT, RecipientsTold::value));
    static final Form<Annulled> ANNULLED = Shape.of(
            Annulled::new,
            member("cause", code(Cause.class), Annulled::cause),
            orNull("authority", SOURCE_REFERENCE, Annulled::authority));

    /** At first every number was told exactly, of whole months, and what was told of it stood flat beside it. */
    static final List<Upcaster> UPCASTERS = List.of(
            new Upcaster("statement.made", 1, StatementJson::madeFrom1),
            new Upcaster("statement.corrected", 1, StatementJson::correctedFrom1),
            new Upcaster("statement.recipients-told", 1, StatementJson::recipientsToldFrom1));

    private StatementJson() {}

    private static Map<String, @Nullable Object> correctedFrom1(Map<String, @Nullable Object> members) {
        return exactly(nestTelling(members), "was", "now");
    }

    private static Map<String, @Nullable Object> recipientsToldFrom1(Map<String, @Nullable Object> members) {
        return exactly(nestTelling(members), "value");
    }

    private static Figure figure(
            PublishedMeasure measure,
            @Nullable Subject subject,
            @Nullable OrganisationCode organisation,
            YearMonth from,
            BusinessDate to) {
        return new Figure(
                measure, subject, organisation, Period.range(from, to.month()), to.day() == null ? null : to.latest());
    }

    private static Backing backing(
            @Nullable Long position,
            boolean isWrongTelling,
            @Nullable Source source,
            @Nullable SourceReference reference) {
        if (position != null && source == null && reference == null) {
            return new Backing.AtPosition(position, isWrongTelling);
        }
        if (position != null || source == null || isWrongTelling) {
            throw new UnreadableEvent("not one backing");
        }
        return new Backing.NamedSource(source, reference);
    }

    private static Map<String, @Nullable Object> madeFrom1(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> now = exactly(nestTelling(members), "value");
        Map<String, @Nullable Object> figure = moved(now, "measure", "organisation", "from", "to");
        figure.put("subject", null);
        Upcaster.add(now, "figure", figure);
        Map<String, @Nullable Object> backing = new HashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(members.get("backing")))
                .forEach((name, value) -> backing.put((String) name, value));
        Upcaster.add(backing, "wrongTelling", false);
        now.put("backing", backing);
        return now;
    }

    private static Map<String, @Nullable Object> nestTelling(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> now = new HashMap<>(members);
        Upcaster.add(now, "telling", moved(now, "toldOn", "channel", "reference"));
        return now;
    }

    /** Takes members out into an object of their own; what is not there stays missing, and is found missing there. */
    private static Map<String, @Nullable Object> moved(Map<String, @Nullable Object> members, String... names) {
        Map<String, @Nullable Object> moved = new HashMap<>();
        for (String name : names) {
            if (members.containsKey(name)) {
                moved.put(name, members.remove(name));
            }
        }
        return moved;
    }

    private static Map<String, @Nullable Object> exactly(Map<String, @Nullable Object> members, String... names) {
        for (String name : names) {
            Object number = Objects.requireNonNull(members.get(name));
            members.put(name, Map.of("least", number, "most", number, "about", false));
        }
        return members;
    }
}
