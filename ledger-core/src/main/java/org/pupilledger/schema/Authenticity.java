package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    private static final String ALGORITHM = "HmacSHA256";

    private final List<Mac> macs;

    /**
     * Takes what is derived from the keys; the arrays are neither kept nor changed.
     *
     * @param keys at least one, each of 32 bytes. The first makes salts, all are accepted: a change of keys may fall
     *             between the append of an event and its sequencing
     * @throws IllegalArgumentException where there is none, or one of another length
     */
    public Authenticity(List<byte[]> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        this.macs = keys.stream().map(Authenticity::keyed).toList();
    }

    /**
     * The salt that makes an event genuine.
     *
     * @param withoutSalt payload and metadata are canonical JSON objects, the metadata without {@link Leaf#SALT}
     * @return 44 characters, base64 of 32 bytes
     * @throws IllegalArgumentException where there is no JSON for a text or a number in it
     */
    public String salt(StoredEvent withoutSalt) {
        return salt(macs.getFirst(), message(withoutSalt, withoutSalt.metadata()));
    }

    /**
     * Tells whether an event was appended as it is by a program that holds one of the keys. Whether it is fit to be an
     * entry is for {@link Leaf#bytesOf} to say.
     *
     * @return false for any mismatch, for metadata without a salt and for what has no JSON; never throws
     */
    public boolean isGenuine(StoredEvent event) {
        byte[] salt;
        byte[] message;
        try {
            Metadata metadata = Metadata.parse(event.metadata());
            // compared as it is written, since base64 has several ways to write the same bytes
            salt = metadata.salt().getBytes(StandardCharsets.UTF_8);
            message = message(event, metadata.unsalted());
        } catch (UnreadableEvent | IllegalArgumentException e) {
            return false;
        }
        boolean isGenuine = false;
        for (Mac mac : macs) {
            isGenuine |= MessageDigest.isEqual(salt(mac, message).getBytes(StandardCharsets.US_ASCII), salt);
        }
        return isGenuine;
    }

    /**
     * A MAC over something that this program keeps for itself in the database, which it would have to believe otherwise.
     *
     * @param purpose what it is for, ASCII; no MAC for one purpose is one for another, nor the salt of an event
     * @return 32 bytes, {@code HMAC-SHA-256(key, purpose || 0x00 || content)}
     */
    public byte[] mac(String purpose, byte[] content) {
        return mac(macs.getFirst(), purpose, content);
    }

    /**
     * The same under each of the keys, to look up by what may have been written under any of them.
     *
     * @return in the order of the keys, so {@link #mac} first
     */
    public List<byte[]> macs(String purpose, byte[] content) {
        return macs.stream().map(keyed -> mac(keyed, purpose, content)).toList();
    }

    /** Tells whether a {@link #mac} was made with one of the keys. */
    public boolean isMac(byte[] mac, String purpose, byte[] content) {
        boolean isOurs = false;
        for (Mac keyed : macs) {
            isOurs |= MessageDigest.isEqual(mac(keyed, purpose, content), mac);
        }
        return isOurs;
    }

    private static byte[] mac(Mac keyed, String purpose, byte[] content) {
        Mac mac = copy(keyed);
        // the message of an event begins with a brace
        mac.update((purpose + '\0').getBytes(StandardCharsets.US_ASCII));
        return mac.doFinal(content);
    }

    /**
     * What is authenticated. The payload goes in as it stands, unparsed, and still no two events have the same message:
     * what comes before the payload says itself where it ends, and what follows it can begin at one place only, as no
     * text that is quoted there can hold {@code ,"recordedAt":}.
     */
    private static byte[] message(StoredEvent event, byte[] unsalted) {
        return Leaf.framed(event, out -> out.name("metadata").canonical(unsalted));
    }

    private static String salt(Mac keyed, byte[] message) {
        return Base64.getEncoder().encodeToString(copy(keyed).doFinal(message));
    }

    private static Mac keyed(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** A MAC is for one thread at a time, and to look one up and give it its key costs more than the copy of one. */
    private static Mac copy(Mac keyed) {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this platform's " + ALGORITHM + " cannot be copied", e);
        }
    }
}
