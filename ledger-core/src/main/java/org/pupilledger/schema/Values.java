package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Item;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.SourceReference;

/** The values that events are made of: codes, dates, counts and references. */
final class Values {
    static final Form<String> TEXT = text(text -> text);
    static final Form<Integer> COUNT = Form.of(CanonicalWriter::value, CanonicalReader::count);
    static final Form<Long> NUMBER = Form.of(CanonicalWriter::value, CanonicalReader::number);
    static final Form<Boolean> TRUTH = Form.of(CanonicalWriter::value, CanonicalReader::truth);
    static final Form<Individuals> INDIVIDUALS = Form.of(Values::write, Values::individuals);
    static final Form<BusinessDate> DATE = text(Values::date);
    static final Form<LocalDate> DAY = text(Values::day);
    static final Form<OrganisationCode> ORGANISATION = text(OrganisationCode::new);
    static final Form<AgreementReference> AGREEMENT = text(AgreementReference::new);
    static final Form<SourceReference> SOURCE_REFERENCE = text(SourceReference::new);
    static final Form<List<Item>> ITEMS = list(code(Item.class));

    private Values() {}

    /** Written as the value writes itself. */
    static <V> Form<V> text(Function<String, V> parse) {
        return Form.of((out, value) -> out.value(value.toString()), in -> parse.apply(in.text()));
    }

    static <V> Form<List<V>> list(Form<V> element) {
        BiConsumer<CanonicalWriter, V> write = element::write;
        Function<CanonicalReader, V> read = element::read;
        return Form.of((out, list) -> out.list(list, write), in -> in.list(read));
    }

    /** A code of a list, found by its bytes and not as a text, since every event of a replay has some. */
    @SuppressWarnings("EnumOrdinal") // the bytes were listed by this program
    static <E extends Enum<E> & Code> Form<E> code(Class<E> list) {
        E[] codes = list.getEnumConstants();
        byte[][] quoted = quoted(Stream.of(codes).map(Code::code));
        return Form.of((out, code) -> out.canonical(quoted[code.ordinal()]), in -> oneOf(codes, quoted, in));
    }

    /** The same of codes that are texts. */
    static Form<String> code(Collection<String> list) {
        String[] codes = list.toArray(String[]::new);
        byte[][] quoted = quoted(list.stream());
        return Form.of(CanonicalWriter::value, in -> oneOf(codes, quoted, in));
    }

    private static byte[][] quoted(Stream<String> codes) {
        return codes.map(code -> ('"' + code + '"').getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    private static <C> C oneOf(C[] codes, byte[][] quoted, CanonicalReader in) {
        for (int i = 0; i < codes.length; i++) {
            if (in.isNext(quoted[i])) {
                return codes[i];
            }
        }
        in.text();
        throw new UnreadableEvent("an unknown code");
    }

    /** @param refusal where it is a day, in words */
    static Form<YearMonth> month(String refusal) {
        return text(text -> {
            BusinessDate date = date(text);
            if (date.day() != null) {
                throw new UnreadableEvent(refusal);
            }
            return date.month();
        });
    }

    /** Null is a number that is not stated, never a missing one. */
    private static void write(CanonicalWriter out, Individuals individuals) {
        switch (individuals) {
            case Individuals.Stated(int count) -> out.value(count);
            case Individuals.NotStated notStated -> out.nothing();
        }
    }

    private static Individuals individuals(CanonicalReader in) {
        return in.isNull() ? Individuals.notStated() : Individuals.of(in.count());
    }

    private static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow(() -> new UnreadableEvent("not a date"));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableEvent("not a date");
        }
    }
}
