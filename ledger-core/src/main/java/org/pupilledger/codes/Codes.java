package org.pupilledger.codes;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One list of codes, by how they are written, and how each is read; made once for each list. */
final class Codes {
    private static final ClassValue<Codes> LISTS = new ClassValue<>() {
        @Override
        protected Codes computeValue(Class<?> list) {
            return new Codes(list);
        }
    };

    private final Map<String, Code> codes = new HashMap<>();
    private final Map<Code, String> labels = new HashMap<>();

    private Codes(Class<?> list) {
        for (Object constant : list.getEnumConstants()) {
            Code code = (Code) constant;
            codes.put(code.code(), code);
            labels.put(code, labelOf(list, code.name()));
        }
    }

    static Codes of(Class<?> list) {
        return LISTS.get(list);
    }

    @Nullable
    Code find(String text) {
        return codes.get(text);
    }

    String label(Code code) {
        return Objects.requireNonNull(labels.get(code));
    }

    private static String labelOf(Class<?> list, String name) {
        try {
            Label label = list.getField(name).getAnnotation(Label.class);
            return label == null ? name.toLowerCase(Locale.ROOT).replace('_', ' ') : label.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("every constant of an enum is a field of it", e);
        }
    }
}
