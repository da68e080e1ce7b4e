package org.pupilledger.codes;

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

    /** How codes of {@code list} are written; most are written as they are named. */
    default String code() {
        return name();
    }

    static <E extends Enum<E> & Code> Optional<E> parse(Class<E> list, String text) {
        return Optional.ofNullable(list.cast(Codes.of(list).find(text)));
    }
}
