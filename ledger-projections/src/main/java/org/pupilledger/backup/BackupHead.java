package org.pupilledger.backup;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.schema.CanonicalReader;
import org.pupilledger.schema.CanonicalWriter;
import org.pupilledger.schema.UnreadableEvent;

/**
 * What a full bundle says about itself, as canonical JSON: how many there are of everything. Nothing in it is believed.
 *
 * @param actors      names of users with the ids that stand for them in entries
 * @param checkpoints that were published
 * @param claims      contents that are known, so that importing them again adds nothing
 * @param entries     leaves of the tree
 * @param publicSince since when everybody sees the public checkpoint; null where there is none
 * @param publicSize  entries that it covers, 0 where there is none
 * @param published   files of editions
 */
public record BackupHead(
        long actors,
        long checkpoints,
        long claims,
        long entries,
        String origin,
        @Nullable Instant publicSince,
        long publicSize,
        long published) {
    static final String VARIANT = "FULL";

    byte[] bytes() {
        return new CanonicalWriter()
                .beginObject()
                .name("actors")
                .value(actors)
                .name("checkpoints")
                .value(checkpoints)
                .name("claims")
                .value(claims)
                .name("entries")
                .value(entries)
                .name("format")
                .value(BundleLayout.FORMAT)
                .name("origin")
                .value(origin)
                .name("publicSince")
                .value(publicSince == null ? null : publicSince.toString())
                .name("publicSize")
                .value(publicSize)
                .name("published")
                .value(published)
                .name("variant")
                .value(VARIANT)
                .endObject()
                .toByteArray();
    }

    /** @throws UnreadableEvent it is anything else than {@link #bytes} gives */
    static BackupHead parse(byte[] bytes) {
        CanonicalReader in = new CanonicalReader(bytes);
        in.beginObject();
        long actors = count(in, "actors");
        long checkpoints = count(in, "checkpoints");
        long claims = count(in, "claims");
        long entries = count(in, "entries");
        if (!in.name("format").text().equals(BundleLayout.FORMAT)) {
            throw new UnreadableEvent("another format");
        }
        String origin = in.name("origin").text();
        Instant publicSince = instant(in.name("publicSince").textOrNull());
        long publicSize = count(in, "publicSize");
        long published = count(in, "published");
        if (!in.name("variant").text().equals(VARIANT)) {
            throw new UnreadableEvent("another variant");
        }
        in.endObject();
        in.end();
        if ((publicSince == null) != (publicSize == 0)) {
            throw new UnreadableEvent("half a public checkpoint");
        }
        return new BackupHead(actors, checkpoints, claims, entries, origin, publicSince, publicSize, published);
    }

    private static long count(CanonicalReader in, String name) {
        long count = in.name(name).number();
        if (count < 0) {
            throw new UnreadableEvent("a number below 0");
        }
        return count;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableEvent("no instant");
        }
    }
}
