package org.pupilledger.codes;

import java.util.List;
import java.util.Optional;

/** A value from a closed list, an enum, written as its name in upper case. */
public interface Code {
    /** How it is written in JSON, CSV and events. */
    String name();

    /** Its list. */
    Class<?> getDeclaringClass();

    /** How it is read by a person, in plain English: its name in words, unless {@link Label} says otherwise. */
    default String label() {
        return Codes.of(getDeclaringClass()).label(this);
    }

    /** Where everybody can read what it is, such as the law that it names; empty where nowhere. */
    default Optional<String> source() {
        return Codes.of(getDeclaringClass()).source(this);
    }

    /** How codes of {@code list} are written; most are written as they are named. */
    default String code() {
        return name();
    }

    /** All of a list, in its order. */
    static List<Code> all(Class<? extends Code> list) {
        return Codes.of(list).all();
    }

    static <E extends Enum<E> & Code> Optional<E> parse(Class<E> list, String text) {
        return Optional.ofNullable(list.cast(Codes.of(list).find(text)));
    }
}
