package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.EditionDocument;
import org.pupilledger.entries.KnownStates.Stamp;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.EditionStatus;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.PublishedFile;

/**
 * An edition as JSON shows it.
 *
 * @param status    whoever is not signed in sees no {@code PREVIEWED}
 * @param releaseOn the date that is announced
 * @param preview   what is before a second person; null for whoever is not signed in
 * @param revisions what was released, newest first
 * @param sequence  0-based sequence of the newest event; null for whoever is not signed in
 */
@Schema(name = "Edition", description = "One published quarter: announced, previewed, released, revised.")
public record EditionView(
        String id,
        String quarter,
        String label,
        String status,
        String releaseOn,
        String profile,
        @Nullable RevisionView preview,
        List<RevisionView> revisions,
        @Nullable Long sequence) {
    /**
     * One version of an edition.
     *
     * @param revision    1 for the first release
     * @param kind        null for the first release, like the three after it
     * @param releasedAt  when its release was recorded, by the clock; null while it is not, and in answers to changes
     * @param position    newest entry of the ledger that is in it
     * @param rules       version of the rules by which the files follow from the entries
     */
    @Schema(name = "EditionRevision")
    public record RevisionView(
            int revision,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable String decider,
            @Nullable String announcedOn,
            @Nullable String releasedAt,
            long position,
            CheckpointView checkpoint,
            String rules,
            String profile,
            String figures,
            List<FileView> files) {}

    /** @param rootHash 32 bytes in base64 */
    @Schema(name = "EditionCheckpoint")
    public record CheckpointView(long size, String rootHash) {}

    /**
     * A file.
     *
     * @param size   in bytes
     * @param sha256 of its bytes, in hexadecimal
     * @param href   where it is
     */
    @Schema(name = "EditionFile")
    public record FileView(String name, long size, String sha256, String href) {}

    /** For who is signed in. */
    static EditionView of(EditionState edition, long sequence) {
        return of(edition, sequence, List.of());
    }

    /** The same, with the times at which its events were recorded. */
    static EditionView of(State<EditionState> edition) {
        return of(edition.state(), edition.sequence(), edition.stamps());
    }

    private static EditionView of(EditionState edition, long sequence, List<Stamp> stamps) {
        Revision preview = edition.preview();
        return new EditionView(
                Edition.id(edition.quarter()),
                edition.quarter().toString(),
                EditionDocument.label(edition.quarter()),
                edition.status().code(),
                edition.releaseOn().toString(),
                edition.profile().code(),
                preview == null ? null : view(preview, path(edition) + "/preview/files/", null),
                revisions(edition, stamps),
                sequence);
    }

    /** For everybody: nothing of what is not released. */
    static EditionView released(State<EditionState> found) {
        EditionState edition = found.state();
        return new EditionView(
                Edition.id(edition.quarter()),
                edition.quarter().toString(),
                EditionDocument.label(edition.quarter()),
                edition.isReleased() ? edition.status().code() : EditionStatus.SCHEDULED.code(),
                edition.releaseOn().toString(),
                edition.profile().code(),
                null,
                revisions(edition, found.stamps()),
                null);
    }

    private static List<RevisionView> revisions(EditionState edition, List<Stamp> stamps) {
        return edition.revisions().reversed().stream()
                .map(revision -> view(
                        revision,
                        path(edition) + "/revisions/" + revision.number() + "/files/",
                        recordedAt(revision, stamps)))
                .toList();
    }

    private static String path(EditionState edition) {
        return EditionsController.PATH + "/" + edition.quarter();
    }

    private static @Nullable String recordedAt(Revision revision, List<Stamp> stamps) {
        int sequence = Math.toIntExact(revision.sequence());
        return sequence < stamps.size() ? stamps.get(sequence).recordedAt() : null;
    }

    private static RevisionView view(Revision revision, String files, @Nullable String releasedAt) {
        Content content = revision.content();
        Grounds grounds = revision.grounds();
        return new RevisionView(
                revision.number(),
                grounds == null ? null : grounds.kind().code(),
                grounds == null ? null : grounds.reason().code(),
                grounds == null ? null : grounds.decider().code(),
                grounds == null ? null : grounds.announcedOn().toString(),
                releasedAt,
                content.position(),
                new CheckpointView(
                        content.checkpoint().size(), content.checkpoint().rootHash()),
                content.rules(),
                content.profile().code(),
                content.figures().hex(),
                content.files().stream().map(file -> file(file, files)).toList());
    }

    private static FileView file(PublishedFile file, String files) {
        return new FileView(file.name(), file.size(), file.digest().hex(), files + file.name());
    }
}
