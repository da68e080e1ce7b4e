package org.pupilledger.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Code;
import org.pupilledger.request.Individuals;
import org.pupilledger.request.Item;
import org.pupilledger.request.SourceReference;

/** The values that events are made of, as JSON: codes, dates, counts and references; null for what is not there. */
final class Values {
    private Values() {}

    static void count(CanonicalWriter out, Individuals individuals) {
        Integer count = individuals.orNull();
        if (count == null) {
            out.nothing();
        } else {
            out.value(count);
        }
    }

    static Individuals count(CanonicalReader in) {
        return in.isNull() ? Individuals.notStated() : Individuals.of(in.count());
    }

    static void date(CanonicalWriter out, @Nullable BusinessDate date) {
        text(out, date);
    }

    static BusinessDate date(CanonicalReader in) {
        return BusinessDate.parse(in.text()).orElseThrow(() -> new UnreadableEvent("not a date"));
    }

    static @Nullable BusinessDate dateOrNull(CanonicalReader in) {
        return in.isNull() ? null : date(in);
    }

    static @Nullable SourceReference sourceReference(CanonicalReader in) {
        return in.isNull() ? null : new SourceReference(in.text());
    }

    static LocalDate day(CanonicalReader in) {
        try {
            return LocalDate.parse(in.text());
        } catch (DateTimeException e) {
            throw new UnreadableEvent("not a date");
        }
    }

    static void code(CanonicalWriter out, @Nullable Code code) {
        out.value(code == null ? null : code.code());
    }

    static <E extends Enum<E> & Code> E code(CanonicalReader in, Class<E> list) {
        return Code.parse(list, in.text()).orElseThrow(() -> new UnreadableEvent("an unknown code"));
    }

    static <E extends Enum<E> & Code> @Nullable E codeOrNull(CanonicalReader in, Class<E> list) {
        return in.isNull() ? null : code(in, list);
    }

    static void items(CanonicalWriter out, @Nullable List<Item> items) {
        out.list(items, (in, item) -> in.value(item.code()));
    }

    static @Nullable List<Item> items(CanonicalReader in) {
        return in.listOrNull(text -> code(text, Item.class));
    }

    static void text(CanonicalWriter out, @Nullable Object text) {
        out.value(text == null ? null : text.toString());
    }
}
