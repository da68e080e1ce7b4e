package org.pupilledger.publishing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pupilledger.digest.Sha256;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.rebuild.Mending;
import org.pupilledger.rebuild.Outcome;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.rebuild.Phase;
import org.pupilledger.rebuild.Progress;
import org.pupilledger.rebuild.Watch;

/**
 * Puts files of editions back that are gone, previews' too: each is made again from the entries, and kept where it is what the
 * edition's event says to the byte. A file that was changed where it is kept is only named, since no role of the program may
 * remove it; it is not served meanwhile, but made again for whoever asks, see {@link EditionBuilder#file}.
 */
public final class FilesMending implements Mending {
    public static final String NAME = "files";

    /** Files that are named; where there are more, something happened to all of them. */
    private static final int MAX_LEFT = 10;

    private final KnownStates<EditionState> editions;
    private final EditionBuilder builder;
    private final PublishedFiles files;

    public FilesMending(KnownStates<EditionState> editions, EditionBuilder builder, PublishedFiles files) {
        this.editions = editions;
        this.builder = builder;
        this.files = files;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Watch watch) {
        String was = files.digestOfAll();
        Set<String> left = new LinkedHashSet<>();
        files.damaged(MAX_LEFT)
                .forEach(digest -> left.add("the published file " + digest.replaceAll("[^\\x20-\\x7e]", "?")
                        + " was changed where it is kept, and no role of the program may remove it: as the owner of the schema,"
                        + " disable the trigger published_file_is_append_only, delete the row of published_file with this"
                        + " digest, enable the trigger, and rebuild files."));
        long position = -1;
        for (KnownStates.State<EditionState> edition : editions.all()) {
            for (KnownStates.Stamp stamp : edition.stamps()) {
                watch.heed();
                watch.at(new Progress(Phase.COMPARING, stamp.position(), edition.position(), 0));
                position = Math.max(position, stamp.position());
                mend(edition.id(), stamp.position(), left);
            }
        }
        String now = files.digestOfAll();
        return new Outcome(
                NAME,
                position,
                was.equals(now) && left.isEmpty() ? Finding.SAME : Finding.DAMAGED,
                was,
                now,
                left.stream().limit(MAX_LEFT).toList());
    }

    /** With the edition as it was then: its files name the date that was announced, and previews are superseded. */
    private void mend(String id, long position, Set<String> left) {
        EditionState then = editions.at(position).stream()
                .filter(edition -> edition.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
        Stream.concat(Stream.ofNullable(then.preview()), then.newest().stream())
                .forEach(revision -> mend(then, revision, left));
    }

    private void mend(EditionState edition, Revision revision, Set<String> left) {
        List<Sha256> lost = digests(revision.content()).stream()
                .filter(digest -> !files.isThere(digest))
                .toList();
        if (lost.isEmpty()) {
            return;
        }
        Map<Sha256, byte[]> made = builder.filesOf(edition, revision);
        for (Sha256 digest : lost) {
            byte[] bytes = made.get(digest);
            if (bytes == null) {
                left.add("the published file " + digest.hex() + " is missing and cannot be made again as it was.");
            } else {
                files.put(bytes);
            }
        }
    }

    private static List<Sha256> digests(Content content) {
        List<Sha256> digests = new ArrayList<>();
        content.files().stream().map(PublishedFile::digest).forEach(digests::add);
        digests.add(content.figures());
        return digests;
    }
}
