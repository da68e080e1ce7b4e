package org.pupilledger.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.Queries;
import org.pupilledger.register.Register;

/**
 * One page of a list.
 *
 * @param next to be given as {@code after} for the next page; null on the last
 */
public record PageView<T>(List<T> items, @Nullable String next) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PLACE = Pattern.compile("[A-Z0-9_-]{1,40}");

    public static <S, T> PageView<T> of(Register.Page<S> page, Function<S, T> view) {
        return new PageView<>(
                page.items().stream().map(view).toList(), page.next() == null ? null : encoded(page.next()));
    }

    /**
     * The first of a list.
     *
     * @param found at most one more than the page has room for
     * @param place of the last on this page, after which the next begins
     */
    public static <S, T> PageView<T> of(List<S> found, int size, Function<S, Object> place, Function<S, T> view) {
        List<S> items = found.stream().limit(size).toList();
        String next = found.size() > size ? place.apply(items.getLast()).toString() : null;
        return of(new Register.Page<>(items, next), view);
    }

    public static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        Integer number = Queries.number(limit);
        if (number == null || number < 1 || number > MAX_LIMIT) {
            throw new InvalidInput("limit", "out-of-range", "The limit is a number from 1 to " + MAX_LIMIT + ".");
        }
        return number;
    }

    /** What {@code next} held; null where no page was before. */
    public static @Nullable String after(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            String place = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.US_ASCII);
            if (PLACE.matcher(place).matches()) {
                return place;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw badAfter();
    }

    /** The same where pages go by position; -1 where no page was before. */
    public static long position(@Nullable String after) {
        String place = after(after);
        if (place == null) {
            return -1;
        }
        if (!POSITION.matcher(place).matches()) {
            throw badAfter();
        }
        return Long.parseLong(place);
    }

    public static InvalidInput badAfter() {
        return new InvalidInput("after", "malformed", "Give the value of 'next' of the page before.");
    }

    /** What {@link #after} reads. */
    public static String encoded(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }
}
