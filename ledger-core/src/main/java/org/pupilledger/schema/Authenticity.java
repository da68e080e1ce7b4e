package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.privacy.Commitment;
import org.pupilledger.schema.Leaf.StoredEvent;

/**
 * Tells the events that a program with the ledger's key appended from rows that somebody with access to the database
 * put in.
 *
 * <p>The salt in an event's metadata is a MAC of everything else that is stored of it: {@code base64(HMAC-SHA-256(key,
 * m))}, where {@code m} is the canonical JSON {@code {"aggregateId","aggregateType","eventId","metadata":{...without
 * salt},"payload":{...},"recordedAt","rev","sequence","type","v":"pupil-ledger/1"}}. To who has not the key it is as good
 * as chance, so it still hides the metadata behind a leaf's digest. It says who appended an event, not that nothing is
 * missing, nor in which order events of different aggregates came: that is what positions are for.
 *
 * <p>Safe for use by many threads.
 */
public final class Authenticity {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private final List<byte[]> keys;

    /**
     * Takes what is derived from the keys; the arrays are copied, not changed.
     *
     * @param keys at least one, each of 32 bytes. The first makes salts, all are accepted: a change of keys may fall
     *             between the append of an event and its sequencing
     * @throws IllegalArgumentException where there is none, or one of another length
     */
    public Authenticity(List<byte[]> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        this.keys = keys.stream().map(Authenticity::checked).toList();
    }

    /** What the row of an event is, beside an entry. */
    public enum Finding {
        /** It does not give the entry. */
        DIFFERENT,
        /** It gives the entry, but was not appended by a program that holds one of the keys. */
        FOREIGN,
        /** It gives the entry and is genuine. */
        GENUINE
    }

    /**
     * The salt that makes an event genuine.
     *
     * @param withoutSalt payload and metadata are canonical JSON objects, the metadata without {@link Leaf#SALT}
     * @return 44 characters, base64 of 32 bytes
     * @throws IllegalArgumentException where there is no JSON for a text or a number in it
     */
    public String salt(StoredEvent withoutSalt) {
        byte[] message = message(withoutSalt, withoutSalt.metadata());
        return Base64.getEncoder().encodeToString(Commitment.commit(keys.getFirst(), message));
    }

    /**
     * Tells whether an event was appended as it is by a program that holds one of the keys. Whether it is fit to be an
     * entry is for {@link Leaf#bytesOf} to say.
     *
     * @return false for any mismatch, for metadata without a salt and for what has no JSON; never throws
     */
    public boolean isGenuine(StoredEvent event) {
        try {
            Metadata metadata = Metadata.parse(event.metadata());
            return isOfAKey(metadata.saltBytes(), message(event, metadata.unsalted()));
        } catch (UnreadableEvent | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Both questions at once, much faster than one after the other: {@link Leaf#isOf} and {@link #isGenuine}.
     *
     * @return {@link Finding#DIFFERENT} for anything malformed; never throws
     */
    public Finding compare(StoredEvent event, byte[] leafBytes) {
        byte[] salt;
        Metadata metadata;
        try {
            metadata = Metadata.parse(event.metadata());
            salt = metadata.saltBytes();
        } catch (UnreadableEvent e) {
            return Finding.DIFFERENT;
        }
        LeafComparison comparison = new LeafComparison(leafBytes);
        if (!comparison.isOf(event, metadata.digest(salt))) {
            return Finding.DIFFERENT;
        }
        return isOfAKey(salt, comparison.withMetadata(metadata.unsalted())) ? Finding.GENUINE : Finding.FOREIGN;
    }

    private boolean isOfAKey(byte[] salt, byte[] message) {
        return isOurs(salt, key -> Commitment.commit(key, message));
    }

    /**
     * A MAC over something that this program keeps for itself in the database, which it would have to believe otherwise.
     *
     * @param purpose what it is for, ASCII; no MAC for one purpose is one for another, nor the salt of an event
     * @return 32 bytes, {@code HMAC-SHA-256(key, purpose || 0x00 || content)}
     */
    public byte[] mac(String purpose, byte[] content) {
        return mac(keys.getFirst(), purpose, content);
    }

    /**
     * The same under each of the keys, to look up by what may have been written under any of them.
     *
     * @return in the order of the keys, so {@link #mac} first
     */
    public List<byte[]> macs(String purpose, byte[] content) {
        return keys.stream().map(key -> mac(key, purpose, content)).toList();
    }

    /** Tells whether a {@link #mac} was made with one of the keys. */
    public boolean isMac(byte[] mac, String purpose, byte[] content) {
        return isOurs(mac, key -> mac(key, purpose, content));
    }

    private boolean isOurs(byte[] mac, UnaryOperator<byte[]> byKey) {
        boolean isOurs = false;
        for (byte[] key : keys) {
            isOurs |= MessageDigest.isEqual(byKey.apply(key), mac);
        }
        return isOurs;
    }

    private static byte[] mac(byte[] key, String purpose, byte[] content) {
        // the message of an event begins with a brace
        byte[] first = (purpose + '\0').getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(first, first.length + content.length);
        System.arraycopy(content, 0, message, first.length, content.length);
        return Commitment.commit(key, message);
    }

    /**
     * What is authenticated. The payload goes in as it stands, unparsed, and still no two events have the same message:
     * what comes before the payload says itself where it ends, and what follows it can begin at one place only, as no
     * text that is quoted there can hold {@code ,"recordedAt":}.
     */
    private static byte[] message(StoredEvent event, byte[] unsalted) {
        return Leaf.framed(event, out -> out.name("metadata").canonical(unsalted));
    }

    private static byte[] checked(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
        }
        return key.clone();
    }
}
