package org.pupilledger.canonical;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record as a JSON object: its members, each with its name, its form and where it is found in the record, and how the
 * record is made of them again. They are told in the order in which it is made of them; in JSON they stand in canonical
 * order, which the shape finds once. Every member is always there: one that the record has not is null.
 */
public final class Shape<T> implements Form<T> {
    /** In the order in which the record is made. */
    private final List<Member<T, ?>> parts;
    /** In canonical order. */
    private final Member<T, ?>[] members;
    /** Of each of {@link #members}, among what the record is made of. */
    private final int[] places;

    private final Function<@Nullable Object[], T> make;

    @SuppressWarnings("unchecked") // there are no generic arrays, and the loops over these are those of every event
    private Shape(List<Member<T, ?>> parts, Function<@Nullable Object[], T> make) {
        this.parts = parts;
        this.make = make;
        this.members = parts.stream().sorted(Comparator.comparing(Member::name)).toArray(Member[]::new);
        this.places = Stream.of(members).mapToInt(parts::indexOf).toArray();
        if (parts.stream().map(Member::name).distinct().count() < parts.size()) {
            throw new IllegalArgumentException("two members of one name");
        }
    }

    @Override
    public void write(CanonicalWriter out, T value) {
        out.beginObject();
        for (Member<T, ?> member : members) {
            member.write(out, value);
        }
        out.endObject();
    }

    @Override
    public T read(CanonicalReader in) {
        in.beginObject();
        @Nullable Object[] values = new @Nullable Object[members.length];
        for (int i = 0; i < members.length; i++) {
            values[places[i]] = members[i].read(in);
        }
        in.endObject();
        return make.apply(values);
    }

    /** A member that is never null. */
    public static <T, V> Member<T, V> member(String name, Form<V> form, Function<T, V> get) {
        return new Member<>(name, quoted(name), form, get, false);
    }

    /** A member that is null where the record has no such thing. */
    public static <T, V> Member<T, V> orNull(String name, Form<V> form, Function<T, @Nullable V> get) {
        return new Member<>(name, quoted(name), form, get, true);
    }

    /**
     * The same with one more member, which follows from the rest and is told for who does not know that.
     *
     * @param refusal where it says otherwise, in words
     */
    public <V> Shape<T> telling(String name, Form<V> form, Function<T, V> get, String refusal) {
        Member<T, V> told = member(name, form, get);
        List<Member<T, ?>> more = Stream.concat(parts.stream(), Stream.of(told)).toList();
        return new Shape<>(more, v -> {
            T value = make.apply(v);
            if (!get.apply(value).equals(told.of(v, parts.size()))) {
                throw new UnreadableEvent(refusal);
            }
            return value;
        });
    }

    /**
     * The shape of a record that is made of this one and of one more member, which stands among the others.
     *
     * @param get where the whole has this one
     */
    public <W, V> Shape<W> with(BiFunction<T, @Nullable V, W> whole, Function<W, T> get, Member<W, V> more) {
        List<Member<W, ?>> all = Stream.concat(parts.stream().map(part -> part.of(get)), Stream.of(more))
                .toList();
        return new Shape<>(all, v -> whole.apply(make.apply(v), more.of(v, parts.size())));
    }

    private static byte[] quoted(String name) {
        return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** @param quoted the name as it stands in JSON, with its colon */
    @SuppressWarnings("ArrayRecordComponent") // a constant
    public record Member<T, V>(
            String name, byte[] quoted, Form<V> form, Function<T, ? extends @Nullable V> get, boolean isNullable) {
        private <W> Member<W, V> of(Function<W, T> whole) {
            return new Member<>(name, quoted, form, record -> get.apply(whole.apply(record)), isNullable);
        }

        private void write(CanonicalWriter out, T record) {
            V value = get.apply(record);
            out.nameInOrder(quoted);
            if (value == null && isNullable) {
                out.nothing();
            } else {
                form.write(out, Objects.requireNonNull(value, name));
            }
        }

        private @Nullable V read(CanonicalReader in) {
            in.name(quoted);
            return isNullable && in.isNull() ? null : form.read(in);
        }

        @SuppressWarnings({"unchecked", "NullAway"
        }) // what was read by this member; null only where the record may have null
        private V of(@Nullable Object[] values, int place) {
            return (V) values[place];
        }
    }

    public static <T, A> Shape<T> of(Function<A, T> make, Member<T, A> a) {
        return new Shape<>(List.of(a), v -> make.apply(a.of(v, 0)));
    }

    public static <T, A, B> Shape<T> of(BiFunction<A, B, T> make, Member<T, A> a, Member<T, B> b) {
        return new Shape<>(List.of(a, b), v -> make.apply(a.of(v, 0), b.of(v, 1)));
    }

    public static <T, A, B, C> Shape<T> of(Of3<A, B, C, T> make, Member<T, A> a, Member<T, B> b, Member<T, C> c) {
        return new Shape<>(List.of(a, b, c), v -> make.apply(a.of(v, 0), b.of(v, 1), c.of(v, 2)));
    }

    public static <T, A, B, C, D> Shape<T> of(
            Of4<A, B, C, D, T> make, Member<T, A> a, Member<T, B> b, Member<T, C> c, Member<T, D> d) {
        return new Shape<>(List.of(a, b, c, d), v -> make.apply(a.of(v, 0), b.of(v, 1), c.of(v, 2), d.of(v, 3)));
    }

    public static <T, A, B, C, D, E> Shape<T> of(
            Of5<A, B, C, D, E, T> make,
            Member<T, A> a,
            Member<T, B> b,
            Member<T, C> c,
            Member<T, D> d,
            Member<T, E> e) {
        return new Shape<>(
                List.of(a, b, c, d, e), v -> make.apply(a.of(v, 0), b.of(v, 1), c.of(v, 2), d.of(v, 3), e.of(v, 4)));
    }

    public static <T, A, B, C, D, E, F> Shape<T> of(
            Of6<A, B, C, D, E, F, T> make,
            Member<T, A> a,
            Member<T, B> b,
            Member<T, C> c,
            Member<T, D> d,
            Member<T, E> e,
            Member<T, F> f) {
        return new Shape<>(
                List.of(a, b, c, d, e, f),
                v -> make.apply(a.of(v, 0), b.of(v, 1), c.of(v, 2), d.of(v, 3), e.of(v, 4), f.of(v, 5)));
    }

    public static <T, A, B, C, D, E, F, G> Shape<T> of(
            Of7<A, B, C, D, E, F, G, T> make,
            Member<T, A> a,
            Member<T, B> b,
            Member<T, C> c,
            Member<T, D> d,
            Member<T, E> e,
            Member<T, F> f,
            Member<T, G> g) {
        return new Shape<>(
                List.of(a, b, c, d, e, f, g),
                v -> make.apply(a.of(v, 0), b.of(v, 1), c.of(v, 2), d.of(v, 3), e.of(v, 4), f.of(v, 5), g.of(v, 6)));
    }

    public static <T, A, B, C, D, E, F, G, H, I, J> Shape<T> of(
            Of10<A, B, C, D, E, F, G, H, I, J, T> make,
            Member<T, A> a,
            Member<T, B> b,
            Member<T, C> c,
            Member<T, D> d,
            Member<T, E> e,
            Member<T, F> f,
            Member<T, G> g,
            Member<T, H> h,
            Member<T, I> i,
            Member<T, J> j) {
        return new Shape<>(
                List.of(a, b, c, d, e, f, g, h, i, j),
                v -> make.apply(
                        a.of(v, 0),
                        b.of(v, 1),
                        c.of(v, 2),
                        d.of(v, 3),
                        e.of(v, 4),
                        f.of(v, 5),
                        g.of(v, 6),
                        h.of(v, 7),
                        i.of(v, 8),
                        j.of(v, 9)));
    }

    public static <T, A, B, C, D, E, F, G, H, I, J, K, L> Shape<T> of(
            Of12<A, B, C, D, E, F, G, H, I, J, K, L, T> make,
            Member<T, A> a,
            Member<T, B> b,
            Member<T, C> c,
            Member<T, D> d,
            Member<T, E> e,
            Member<T, F> f,
            Member<T, G> g,
            Member<T, H> h,
            Member<T, I> i,
            Member<T, J> j,
            Member<T, K> k,
            Member<T, L> l) {
        return new Shape<>(
                List.of(a, b, c, d, e, f, g, h, i, j, k, l),
                v -> make.apply(
                        a.of(v, 0),
                        b.of(v, 1),
                        c.of(v, 2),
                        d.of(v, 3),
                        e.of(v, 4),
                        f.of(v, 5),
                        g.of(v, 6),
                        h.of(v, 7),
                        i.of(v, 8),
                        j.of(v, 9),
                        k.of(v, 10),
                        l.of(v, 11)));
    }

    public interface Of3<A, B, C, T> {
        T apply(A a, B b, C c);
    }

    public interface Of4<A, B, C, D, T> {
        T apply(A a, B b, C c, D d);
    }

    public interface Of5<A, B, C, D, E, T> {
        T apply(A a, B b, C c, D d, E e);
    }

    public interface Of6<A, B, C, D, E, F, T> {
        T apply(A a, B b, C c, D d, E e, F f);
    }

    public interface Of7<A, B, C, D, E, F, G, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g);
    }

    public interface Of10<A, B, C, D, E, F, G, H, I, J, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g, H h, I i, J j);
    }

    public interface Of12<A, B, C, D, E, F, G, H, I, J, K, L, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l);
    }
}
