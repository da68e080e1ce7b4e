package org.pupilledger.request;

import java.util.Optional;

/** A value from a closed list, written as its name in upper case. */
public interface Code {
    /** How it is written in JSON, CSV and events. */
    String name();

    /** How it is read by a person, in plain English. */
    String label();

    /** How codes of {@code list} are written; most are written as they are named. */
    default String code() {
        return name();
    }

    static <E extends Enum<E> & Code> Optional<E> parse(Class<E> list, String text) {
        return Optional.ofNullable(list.cast(Codes.of(list).get(text)));
    }
}
