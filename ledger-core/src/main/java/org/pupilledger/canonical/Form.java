package org.pupilledger.canonical;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** How a kind of value stands in canonical JSON: written in one way, and read only where it is written in that way. */
public interface Form<V> {
    void write(CanonicalWriter out, V value);

    /**
     * Reads the next value.
     *
     * @throws UnreadableEvent          where it is not in this form
     * @throws IllegalArgumentException where it is in this form but out of range
     */
    V read(CanonicalReader in);

    static <V> Form<V> of(BiConsumer<CanonicalWriter, V> write, Function<CanonicalReader, V> read) {
        return new Form<>() {
            @Override
            public void write(CanonicalWriter out, V value) {
                write.accept(out, value);
            }

            @Override
            public V read(CanonicalReader in) {
                return read.apply(in);
            }
        };
    }

    /** The same form for what is made of such a value. */
    default <W> Form<W> as(Function<V, W> wrap, Function<W, V> unwrap) {
        return of((out, value) -> write(out, unwrap.apply(value)), in -> wrap.apply(read(in)));
    }
}
