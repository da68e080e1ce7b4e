package org.pupilledger.backup;

import java.util.HexFormat;
import java.util.function.Function;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;

/** Lines of a full bundle that are neither entries nor metadata, as canonical JSON. */
final class Lines {
    private static final int DIGEST_BYTES = 32;

    private Lines() {}

    /**
     * A published checkpoint.
     *
     * @param size entries it covers
     * @param note as signed
     */
    record CheckpointLine(String note, long size) {
        byte[] bytes() {
            return new CanonicalWriter()
                    .beginObject()
                    .name("note")
                    .value(note)
                    .name("size")
                    .value(size)
                    .endObject()
                    .toByteArray();
        }

        static CheckpointLine parse(byte[] line) {
            return read(
                    line,
                    in -> new CheckpointLine(
                            in.name("note").text(), in.name("size").number()));
        }
    }

    /** Who stands behind an id. */
    record ActorLine(String id, String name) {
        byte[] bytes() {
            return new CanonicalWriter()
                    .beginObject()
                    .name("id")
                    .value(id)
                    .name("name")
                    .value(name)
                    .endObject()
                    .toByteArray();
        }

        static ActorLine parse(byte[] line) {
            return read(
                    line,
                    in -> new ActorLine(in.name("id").text(), in.name("name").text()));
        }
    }

    /**
     * Whose content it is.
     *
     * @param digest     64 hexadecimal digits
     * @param occurrence 0, or 1 for the first of equal lines and so on
     */
    record ClaimLine(String digest, int occurrence, String request) {
        byte[] bytes() {
            return new CanonicalWriter()
                    .beginObject()
                    .name("digest")
                    .value(digest)
                    .name("occurrence")
                    .value(occurrence)
                    .name("request")
                    .value(request)
                    .endObject()
                    .toByteArray();
        }

        byte[] digestBytes() {
            return HexFormat.of().parseHex(digest);
        }

        static ClaimLine parse(byte[] line) {
            ClaimLine claim = read(
                    line,
                    in -> new ClaimLine(
                            in.name("digest").text(),
                            in.name("occurrence").count(),
                            in.name("request").text()));
            if (!claim.digest().matches("[0-9a-f]{" + 2 * DIGEST_BYTES + "}")) {
                throw new UnreadableEvent("no digest");
            }
            return claim;
        }
    }

    private static <T> T read(byte[] line, Function<CanonicalReader, T> members) {
        CanonicalReader in = new CanonicalReader(line);
        in.beginObject();
        T read = members.apply(in);
        in.endObject();
        in.end();
        return read;
    }
}
