package org.pupilledger.http;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.intake.AmountInput;
import org.pupilledger.intake.RequestInput.OfReferenceInput;
import org.pupilledger.intake.RequestInput.ReturnInput;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.InvalidInput.Flaw;
import org.pupilledger.values.Individuals;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a JSON body into an input record, strictly: UTF-8, no duplicate keys, no unknown properties, nothing coerced,
 * nothing after the end. What is wrong with its shape is told all at once, by pointer, and never repeated.
 */
public final class JsonInput {
    /** Levels of objects and arrays. */
    static final int MAX_NESTING = 20;

    /** Elements of any list. */
    static final int MAX_ELEMENTS = 50;

    /** Largest integer that every JSON reader keeps exact (RFC 7493, 2.2). */
    private static final long MAX_POSITION = (1L << 53) - 1;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final List<Flaw> flaws = new ArrayList<>();

    private JsonInput() {}

    /** @throws InvalidInput naming every flaw */
    public static <T extends Record> T read(byte[] body, Class<T> type) {
        JsonNode root = parse(body);
        JsonInput input = new JsonInput();
        Object record = input.record(root, type, "");
        if (record == null || !input.flaws.isEmpty()) {
            throw new InvalidInput(input.flaws);
        }
        return type.cast(record);
    }

    private static JsonNode parse(byte[] body) {
        String text;
        try {
            // The parser would take UTF-16 and UTF-32 too.
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("", "not-utf-8", "The body is not UTF-8.");
        }
        if (text.isBlank()) {
            throw new InvalidInput("", "malformed-json", "The body is empty.");
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            // The parser's own message quotes the body.
            throw new InvalidInput(
                    "",
                    "malformed-json",
                    "The body is not one JSON value without duplicate keys, nested at most " + MAX_NESTING
                            + " levels.");
        }
    }

    private @Nullable Object value(JsonNode node, Type type, String at) {
        if (node.isNull()) {
            return null;
        }
        if (type == String.class) {
            return text(node, at);
        }
        if (type == Integer.class) {
            return count(node, at);
        }
        if (type == Long.class) {
            return position(node, at);
        }
        if (type == Object.class) {
            return any(node, at);
        }
        if (type == Boolean.class) {
            return node.isBoolean() ? (Object) node.booleanValue() : wrong(at, "True or false is expected here.");
        }
        if (type == AmountInput.class && !node.isObject()) {
            return AmountInput.of((Integer) count(node, at));
        }
        if (type == Record.class) {
            return node.isObject() ? record(node, partOf(node), at) : text(node, at);
        }
        if (type instanceof ParameterizedType list) {
            return list(node, list.getActualTypeArguments()[0], at);
        }
        return record(node, (Class<?>) type, at);
    }

    private @Nullable Object record(JsonNode node, Class<?> type, String at) {
        if (!node.isObject()) {
            return wrong(at, "An object is expected here.");
        }
        RecordComponent[] components = type.getRecordComponents();
        Set<String> unknown = new HashSet<>(node.propertyNames());
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            unknown.remove(name);
            JsonNode member = node.get(name);
            values[i] = member == null ? null : value(member, components[i].getGenericType(), at + "/" + name);
        }
        if (!unknown.isEmpty()) {
            flaws.add(new Flaw(at, "unknown-property", "There is a property here that is not known."));
        }
        return flaws.isEmpty() ? construct(type, components, values) : null;
    }

    private static Object construct(Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("input records take any value of the right type", e);
        }
    }

    private @Nullable Object text(JsonNode node, String at) {
        return node.isString() ? node.stringValue() : wrong(at, "A text is expected here.");
    }

    private @Nullable Object count(JsonNode node, String at) {
        if (!node.isIntegralNumber()) {
            return wrong(at, "A whole number is expected here.");
        }
        if (!node.canConvertToInt() || node.intValue() < 0 || node.intValue() > Individuals.MAX) {
            flaws.add(new Flaw(at, "out-of-range", "The number must be from 0 to " + Individuals.MAX + "."));
            return null;
        }
        return node.intValue();
    }

    /** A place in the ledger, of which there may be more than there are people. */
    private @Nullable Object position(JsonNode node, String at) {
        if (!node.isIntegralNumber()) {
            return wrong(at, "A whole number is expected here.");
        }
        if (!node.canConvertToLong() || node.longValue() < 0 || node.longValue() > MAX_POSITION) {
            flaws.add(new Flaw(at, "out-of-range", "A position is from 0 to " + MAX_POSITION + "."));
            return null;
        }
        return node.longValue();
    }

    /** A value of a correction: a count, a text, a list of texts, or an answer in parts. */
    private @Nullable Object any(JsonNode node, String at) {
        if (node.isArray()) {
            return list(node, Record.class, at);
        }
        if (node.isString()) {
            return node.stringValue();
        }
        Object count = count(node, at);
        return count instanceof Integer whole ? (Object) Long.valueOf(whole) : null;
    }

    private static Class<?> partOf(JsonNode answer) {
        return answer.has("reference") ? OfReferenceInput.class : ReturnInput.class;
    }

    private @Nullable Object list(JsonNode node, Type element, String at) {
        if (!node.isArray()) {
            return wrong(at, "A list is expected here.");
        }
        if (node.size() > MAX_ELEMENTS) {
            flaws.add(new Flaw(at, "too-many", "At most " + MAX_ELEMENTS + " are allowed here."));
            return null;
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Object value = value(node.get(i), element, at + "/" + i);
            if (value != null) {
                elements.add(value);
            } else if (node.get(i).isNull()) {
                wrong(at + "/" + i, "Nothing in a list can be null.");
            }
        }
        return elements;
    }

    private @Nullable Object wrong(String at, String detail) {
        flaws.add(new Flaw(at, "wrong-type", detail));
        return null;
    }
}
