package org.pupilledger.values;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record by its name: read, or replaced in a copy. By reflection, so that what can be corrected need
 * not be copied by hand for each of its components; what every event goes through does not use it.
 */
public final class Component {
    private final RecordComponent[] all;
    private final int index;
    private final Constructor<?> constructor;

    private Component(Class<?> type, RecordComponent[] all, int index) {
        this.all = all;
        this.index = index;
        Class<?>[] types = Stream.of(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
        this.constructor = done(() -> type.getDeclaredConstructor(types));
    }

    public static Optional<Component> find(Class<?> type, String name) {
        RecordComponent[] all = type.getRecordComponents();
        for (int i = 0; i < all.length; i++) {
            if (all[i].getName().equals(name)) {
                return Optional.of(new Component(type, all, i));
            }
        }
        return Optional.empty();
    }

    public Class<?> type() {
        return all[index].getType();
    }

    public @Nullable Object get(Object whole) {
        return get(all[index], whole);
    }

    /** A copy of {@code whole} with this component replaced, made and checked by its constructor. */
    public Object with(Object whole, @Nullable Object now) {
        @Nullable Object[] values = new @Nullable Object[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = i == index ? now : get(all[i], whole);
        }
        return done(() -> constructor.newInstance(values));
    }

    /** All components of a record by name, each as {@code read} has it. */
    public static Map<String, @Nullable Object> members(Record whole, UnaryOperator<@Nullable Object> read) {
        Map<String, @Nullable Object> members = new TreeMap<>();
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            members.put(component.getName(), read.apply(get(component, whole)));
        }
        return members;
    }

    /** What a record has in one of its components. */
    public static @Nullable Object get(RecordComponent component, Object whole) {
        return done(() -> component.getAccessor().invoke(whole));
    }

    private interface Step<V extends @Nullable Object> {
        V take() throws ReflectiveOperationException;
    }

    private static <V extends @Nullable Object> V done(Step<V> step) {
        try {
            return step.take();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not as records are", e);
        }
    }
}
