package org.pupilledger.schema;

import java.time.LocalDate;
import java.util.List;
import org.pupilledger.digest.Sha256;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RescheduleReason;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.request.Cause;
import org.pupilledger.request.Decider;

/** Facts about editions as JSON. */
final class EditionJson {
    private EditionJson() {}

    static void writeScheduled(CanonicalWriter out, EditionEvent.Scheduled event) {
        Values.code(out.beginObject().name("profile"), event.profile());
        Values.text(out.name("quarter"), event.quarter());
        Values.text(out.name("releaseOn"), event.releaseOn());
        out.endObject();
    }

    static EditionEvent.Scheduled readScheduled(CanonicalReader in) {
        in.beginObject();
        Profile profile = Values.code(in.name("profile"), Profile.class);
        Quarter quarter = quarter(in);
        LocalDate releaseOn = Values.day(in.name("releaseOn"));
        in.endObject();
        return new EditionEvent.Scheduled(quarter, releaseOn, profile);
    }

    static void writeRescheduled(CanonicalWriter out, EditionEvent.Rescheduled event) {
        Values.text(out.beginObject().name("now"), event.now());
        Values.text(out.name("quarter"), event.quarter());
        Values.code(out.name("reason"), event.reason());
        Values.text(out.name("was"), event.was());
        out.endObject();
    }

    static EditionEvent.Rescheduled readRescheduled(CanonicalReader in) {
        in.beginObject();
        LocalDate now = Values.day(in.name("now"));
        Quarter quarter = quarter(in);
        RescheduleReason reason = Values.code(in.name("reason"), RescheduleReason.class);
        LocalDate was = Values.day(in.name("was"));
        in.endObject();
        return new EditionEvent.Rescheduled(quarter, was, now, reason);
    }

    static void writePreviewed(CanonicalWriter out, EditionEvent.Previewed event) {
        writeFirst(out, event.quarter(), event.content());
    }

    static EditionEvent.Previewed readPreviewed(CanonicalReader in) {
        First first = readFirst(in);
        return new EditionEvent.Previewed(first.quarter(), first.content());
    }

    static void writeReleased(CanonicalWriter out, EditionEvent.Released event) {
        writeFirst(out, event.quarter(), event.content());
    }

    static EditionEvent.Released readReleased(CanonicalReader in) {
        First first = readFirst(in);
        return new EditionEvent.Released(first.quarter(), first.content());
    }

    static void writeRevisionPreviewed(CanonicalWriter out, EditionEvent.RevisionPreviewed event) {
        writeLater(out, new Later(event.quarter(), event.revision(), event.grounds(), event.content()));
    }

    static EditionEvent.RevisionPreviewed readRevisionPreviewed(CanonicalReader in) {
        Later later = readLater(in);
        return new EditionEvent.RevisionPreviewed(later.quarter(), later.revision(), later.grounds(), later.content());
    }

    static void writeRevised(CanonicalWriter out, EditionEvent.Revised event) {
        writeLater(out, new Later(event.quarter(), event.revision(), event.grounds(), event.content()));
    }

    static EditionEvent.Revised readRevised(CanonicalReader in) {
        Later later = readLater(in);
        return new EditionEvent.Revised(later.quarter(), later.revision(), later.grounds(), later.content());
    }

    private record First(Quarter quarter, Content content) {}

    private record Later(Quarter quarter, int revision, Grounds grounds, Content content) {}

    private static void writeFirst(CanonicalWriter out, Quarter quarter, Content content) {
        writeContent(out.beginObject().name("content"), content);
        Values.text(out.name("quarter"), quarter);
        out.endObject();
    }

    private static First readFirst(CanonicalReader in) {
        in.beginObject();
        Content content = readContent(in.name("content"));
        Quarter quarter = quarter(in);
        in.endObject();
        return new First(quarter, content);
    }

    private static void writeLater(CanonicalWriter out, Later later) {
        writeContent(out.beginObject().name("content"), later.content());
        writeGrounds(out.name("grounds"), later.grounds());
        Values.text(out.name("quarter"), later.quarter());
        out.name("revision").value(later.revision()).endObject();
    }

    private static Later readLater(CanonicalReader in) {
        in.beginObject();
        Content content = readContent(in.name("content"));
        Grounds grounds = readGrounds(in.name("grounds"));
        Quarter quarter = quarter(in);
        int revision = in.name("revision").count();
        in.endObject();
        return new Later(quarter, revision, grounds, content);
    }

    private static void writeGrounds(CanonicalWriter out, Grounds grounds) {
        Values.text(out.beginObject().name("announcedOn"), grounds.announcedOn());
        Values.code(out.name("decider"), grounds.decider());
        Values.code(out.name("kind"), grounds.kind());
        Values.code(out.name("reason"), grounds.reason());
        out.endObject();
    }

    private static Grounds readGrounds(CanonicalReader in) {
        in.beginObject();
        LocalDate announcedOn = Values.day(in.name("announcedOn"));
        Decider decider = Values.code(in.name("decider"), Decider.class);
        RevisionKind kind = Values.code(in.name("kind"), RevisionKind.class);
        Cause reason = Values.code(in.name("reason"), Cause.class);
        in.endObject();
        return new Grounds(kind, reason, decider, announcedOn);
    }

    private static void writeContent(CanonicalWriter out, Content content) {
        out.beginObject()
                .name("checkpoint")
                .beginObject()
                .name("rootHash")
                .value(content.checkpoint().rootHash())
                .name("size")
                .value(content.checkpoint().size())
                .endObject()
                .name("figures")
                .value(content.figures().hex())
                .name("files")
                .list(content.files(), EditionJson::writeFile)
                .name("position")
                .value(content.position());
        Values.code(out.name("profile"), content.profile());
        out.name("rules").value(content.rules()).endObject();
    }

    private static Content readContent(CanonicalReader in) {
        in.beginObject();
        in.name("checkpoint").beginObject();
        String rootHash = in.name("rootHash").text();
        long size = in.name("size").number();
        in.endObject();
        Sha256 figures = new Sha256(in.name("figures").text());
        List<PublishedFile> files = in.name("files").list(EditionJson::readFile);
        long position = in.name("position").number();
        Profile profile = Values.code(in.name("profile"), Profile.class);
        String rules = in.name("rules").text();
        in.endObject();
        return new Content(position, new Content.TreeHead(size, rootHash), rules, profile, figures, files);
    }

    private static void writeFile(CanonicalWriter out, PublishedFile file) {
        out.beginObject()
                .name("digest")
                .value(file.digest().hex())
                .name("name")
                .value(file.name())
                .name("size")
                .value(file.size())
                .endObject();
    }

    private static PublishedFile readFile(CanonicalReader in) {
        in.beginObject();
        Sha256 digest = new Sha256(in.name("digest").text());
        String name = in.name("name").text();
        long size = in.name("size").number();
        in.endObject();
        return new PublishedFile(name, size, digest);
    }

    private static Quarter quarter(CanonicalReader in) {
        return Quarter.parse(in.name("quarter").text()).orElseThrow(() -> new UnreadableEvent("not a quarter"));
    }
}
