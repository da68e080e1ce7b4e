package org.pupilledger.schema;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.schema.EventTypes.EventType;

/** Lets Axon store events under their own names as canonical JSON, metadata as a flat map, and positions as numbers. */
public final class LedgerSerializer implements Serializer {
    private static final String METADATA = MetaData.class.getName();
    private static final String POSITION = "position";

    private final EventTypes types;
    private final Converter converter = new ChainingConverter();

    public LedgerSerializer(EventTypes types) {
        this.types = types;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> expectedRepresentation) {
        byte[] bytes = switch (object) {
            case MetaData metadata -> CanonicalWriter.bytesOf(metadata);
            case GlobalSequenceTrackingToken token -> CanonicalWriter.bytesOf(token.getGlobalIndex());
            case null -> CanonicalWriter.bytesOf(null);
            default -> types.encode(object);
        };
        SerializedType type = object == null ? SimpleSerializedType.emptyType() : typeForClass(object.getClass());
        return converter.convert(new SimpleSerializedObject<>(bytes, byte[].class, type), expectedRepresentation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return converter.canConvert(byte[].class, expectedRepresentation);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature
    public <S, T> @Nullable T deserialize(SerializedObject<S> serialized) {
        SerializedType type = serialized.getType();
        if (SerializedType.isEmptyType(type)) {
            return null;
        }
        byte[] bytes = converter.convert(serialized, byte[].class).getData();
        Object object = switch (type.getName()) {
            case POSITION -> new GlobalSequenceTrackingToken(position(bytes));
            case String name when name.equals(METADATA) -> metadata(bytes);
            default -> types.decode(type.getName(), revision(type), bytes);
        };
        return (T) object;
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public Class classForType(SerializedType type) {
        if (SerializedType.isEmptyType(type)) {
            return Void.class;
        }
        if (type.getName().equals(METADATA)) {
            return MetaData.class;
        }
        if (type.getName().equals(POSITION)) {
            return GlobalSequenceTrackingToken.class;
        }
        EventType<?> event = types.typeOf(type.getName());
        return event == null ? UnknownSerializedType.class : event.event();
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == null || Void.TYPE.equals(type) || Void.class.equals(type)) {
            return SimpleSerializedType.emptyType();
        }
        if (type.equals(GlobalSequenceTrackingToken.class)) {
            return new SimpleSerializedType(POSITION, null);
        }
        EventType<?> event = types.typeOf(type);
        return event == null
                ? new SimpleSerializedType(type.getName(), null)
                : new SimpleSerializedType(event.name(), Integer.toString(event.version()));
    }

    @Override
    public Converter getConverter() {
        return converter;
    }

    private static long position(byte[] bytes) {
        if (CanonicalReader.treeOf(bytes) instanceof Long position) {
            return position;
        }
        throw new UnreadableEvent("not a position");
    }

    private static MetaData metadata(byte[] bytes) {
        return MetaData.from(CanonicalReader.objectOf(bytes, "metadata that is no object"));
    }

    private static int revision(SerializedType type) {
        try {
            return Integer.parseInt(type.getRevision());
        } catch (NumberFormatException e) {
            throw new UnreadableEvent("a version that is no number");
        }
    }
}
