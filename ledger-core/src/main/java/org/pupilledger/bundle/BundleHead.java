package org.pupilledger.bundle;

import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.period.Quarter;

/**
 * What a bundle says about itself, as canonical JSON. Nothing in it is believed; all of it is compared with what is signed.
 *
 * @param entries  leaves of the tree
 * @param position newest entry that is counted in the edition
 * @param revision 1 for the first release
 */
public record BundleHead(
        Quarter edition, long entries, String origin, long position, int revision, String rules, Variant variant) {
    public byte[] bytes() {
        return new CanonicalWriter()
                .beginObject()
                .name("edition")
                .value(edition.toString())
                .name("entries")
                .value(entries)
                .name("format")
                .value(BundleLayout.FORMAT)
                .name("origin")
                .value(origin)
                .name("position")
                .value(position)
                .name("revision")
                .value(revision)
                .name("rules")
                .value(rules)
                .name("variant")
                .value(variant.name())
                .endObject()
                .toByteArray();
    }

    /** @throws UnreadableEvent it is anything else than {@link #bytes} gives */
    static BundleHead parse(byte[] bytes) {
        CanonicalReader in = new CanonicalReader(bytes);
        in.beginObject();
        Quarter edition =
                Quarter.parse(in.name("edition").text()).orElseThrow(() -> new UnreadableEvent("not a quarter"));
        long entries = in.name("entries").number();
        if (!in.name("format").text().equals(BundleLayout.FORMAT)) {
            throw new UnreadableEvent("another format");
        }
        String origin = in.name("origin").text();
        long position = in.name("position").number();
        int revision = in.name("revision").count();
        String rules = in.name("rules").text();
        String variant = in.name("variant").text();
        in.endObject();
        in.end();
        for (Variant known : Variant.values()) {
            if (known.name().equals(variant)) {
                return new BundleHead(edition, entries, origin, position, revision, rules, known);
            }
        }
        throw new UnreadableEvent("another variant");
    }
}
