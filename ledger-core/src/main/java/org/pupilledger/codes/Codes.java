package org.pupilledger.codes;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One list of codes, by how they are written, and how each is read; made once for each list. */
final class Codes {
    private static final ClassValue<Codes> LISTS = new ClassValue<>() {
        @Override
        protected Codes computeValue(Class<?> list) {
            return new Codes(list);
        }
    };

    private final Map<String, Code> codes = new LinkedHashMap<>();
    private final Map<Code, String> labels = new HashMap<>();
    private final Map<Code, String> sources = new HashMap<>();

    private Codes(Class<?> list) {
        for (Object constant : list.getEnumConstants()) {
            Code code = (Code) constant;
            codes.put(code.code(), code);
            Label label = labelOf(list, code.name());
            labels.put(
                    code, label == null ? code.name().toLowerCase(Locale.ROOT).replace('_', ' ') : label.value());
            if (label != null && !label.source().isEmpty()) {
                sources.put(code, label.source());
            }
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

    Optional<String> source(Code code) {
        return Optional.ofNullable(sources.get(code));
    }

    List<Code> all() {
        return List.copyOf(codes.values());
    }

    private static @Nullable Label labelOf(Class<?> list, String name) {
        try {
            return list.getField(name).getAnnotation(Label.class);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("every constant of an enum is a field of it", e);
        }
    }
}
