package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.schema.Values.COUNT;
import static org.pupilledger.schema.Values.DAY;
import static org.pupilledger.schema.Values.NUMBER;
import static org.pupilledger.schema.Values.TEXT;
import static org.pupilledger.schema.Values.code;
import static org.pupilledger.schema.Values.list;
import static org.pupilledger.schema.Values.text;

import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.digest.Sha256;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Content.TreeHead;
import org.pupilledger.publication.EditionEvent.Previewed;
import org.pupilledger.publication.EditionEvent.Released;
import org.pupilledger.publication.EditionEvent.Rescheduled;
import org.pupilledger.publication.EditionEvent.Revised;
import org.pupilledger.publication.EditionEvent.RevisionPreviewed;
import org.pupilledger.publication.EditionEvent.Scheduled;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RescheduleReason;
import org.pupilledger.publication.RevisionKind;

/** Facts about editions as JSON. */
final class EditionJson {
    private static final Form<Quarter> QUARTER =
            text(text -> Quarter.parse(text).orElseThrow(() -> new UnreadableEvent("not a quarter")));
    private static final Form<Profile> PROFILE = code(Profile.class);
    private static final Form<Sha256> SHA_256 = text(Sha256::new);

    private static final Form<TreeHead> TREE_HEAD = Shape.of(
            TreeHead::new, member("size", NUMBER, TreeHead::size), member("rootHash", TEXT, TreeHead::rootHash));
    private static final Form<PublishedFile> FILE = Shape.of(
            PublishedFile::new,
            member("name", TEXT, PublishedFile::name),
            member("size", NUMBER, PublishedFile::size),
            member("digest", SHA_256, PublishedFile::digest));
    private static final Form<Content> CONTENT = Shape.of(
            Content::new,
            member("position", NUMBER, Content::position),
            member("checkpoint", TREE_HEAD, Content::checkpoint),
            member("rules", TEXT, Content::rules),
            member("profile", PROFILE, Content::profile),
            member("figures", SHA_256, Content::figures),
            member("files", list(FILE), Content::files));
    private static final Form<Grounds> GROUNDS = Shape.of(
            Grounds::new,
            member("kind", code(RevisionKind.class), Grounds::kind),
            member("reason", code(Cause.class), Grounds::reason),
            member("decider", code(Decider.class), Grounds::decider),
            member("announcedOn", DAY, Grounds::announcedOn));

    static final Form<Scheduled> SCHEDULED = Shape.of(
            Scheduled::new,
            member("quarter", QUARTER, Scheduled::quarter),
            member("releaseOn", DAY, Scheduled::releaseOn),
            member("profile", PROFILE, Scheduled::profile));
    static final Form<Rescheduled> RESCHEDULED = Shape.of(
            Rescheduled::new,
            member("quarter", QUARTER, Rescheduled::quarter),
            member("was", DAY, Rescheduled::was),
            member("now", DAY, Rescheduled::now),
            member("reason", code(RescheduleReason.class), Rescheduled::reason));
    static final Form<Previewed> PREVIEWED = Shape.of(
            Previewed::new,
            member("quarter", QUARTER, Previewed::quarter),
            member("content", CONTENT, Previewed::content));
    static final Form<Released> RELEASED = Shape.of(
            Released::new,
            member("quarter", QUARTER, Released::quarter),
            member("content", CONTENT, Released::content));
    static final Form<RevisionPreviewed> REVISION_PREVIEWED = Shape.of(
            RevisionPreviewed::new,
            member("quarter", QUARTER, RevisionPreviewed::quarter),
            member("revision", COUNT, RevisionPreviewed::revision),
            member("grounds", GROUNDS, RevisionPreviewed::grounds),
            member("content", CONTENT, RevisionPreviewed::content));
    static final Form<Revised> REVISED = Shape.of(
            Revised::new,
            member("quarter", QUARTER, Revised::quarter),
            member("revision", COUNT, Revised::revision),
            member("grounds", GROUNDS, Revised::grounds),
            member("content", CONTENT, Revised::content));

    private EditionJson() {}
}
