package org.pupilledger.views;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.entries.KnownStates.Stamp;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionStatus;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RevisionKind;

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
        Quarter quarter,
        String label,
        EditionStatus status,
        LocalDate releaseOn,
        Profile profile,
        @Nullable RevisionView preview,
        List<RevisionView> revisions,
        @Nullable Long sequence) {
    /** Where editions are. */
    public static final String PATH = "/api/v1/editions";

    /**
     * One version of an edition.
     *
     * @param revision    1 for the first release
     * @param kind        null for the first release, like the three after it
     * @param releasedAt  when its release was recorded, by the clock; null while it is not, and in answers to changes
     */
    @Schema(name = "EditionRevision")
    public record RevisionView(
            int revision,
            @Nullable RevisionKind kind,
            @Nullable Cause reason,
            @Nullable Decider decider,
            @Nullable LocalDate announcedOn,
            @Nullable String releasedAt,
            @JsonUnwrapped Content content,
            List<FileView> files) {}

    /** @param href where it is */
    @Schema(name = "EditionFile")
    public record FileView(@JsonUnwrapped PublishedFile file, String href) {}

    /** For who is signed in. */
    public static EditionView of(EditionState edition, long sequence) {
        return of(edition, List.of(), sequence);
    }

    /** The same, with the times at which its events were recorded. */
    public static EditionView of(State<EditionState> edition) {
        return of(edition.state(), edition.stamps(), edition.sequence());
    }

    /** For everybody: nothing of what is not released. */
    public static EditionView released(State<EditionState> found) {
        return of(found.state().withoutPreview(), found.stamps(), null);
    }

    private static EditionView of(EditionState edition, List<Stamp> stamps, @Nullable Long sequence) {
        EditionState.Revision preview = edition.preview();
        return new EditionView(
                Edition.id(edition.quarter()),
                edition.quarter(),
                edition.quarter().label(),
                edition.status(),
                edition.releaseOn(),
                edition.profile(),
                preview == null ? null : revision(edition, preview, "/preview/files/", null),
                edition.revisions().reversed().stream()
                        .map(released -> revision(
                                edition,
                                released,
                                "/revisions/" + released.number() + "/files/",
                                recordedAt(released, stamps)))
                        .toList(),
                sequence);
    }

    private static @Nullable String recordedAt(EditionState.Revision revision, List<Stamp> stamps) {
        int sequence = Math.toIntExact(revision.sequence());
        return sequence < stamps.size() ? stamps.get(sequence).recordedAt() : null;
    }

    private static RevisionView revision(
            EditionState edition, EditionState.Revision revision, String files, @Nullable String releasedAt) {
        Grounds grounds = revision.grounds();
        return new RevisionView(
                revision.number(),
                grounds == null ? null : grounds.kind(),
                grounds == null ? null : grounds.reason(),
                grounds == null ? null : grounds.decider(),
                grounds == null ? null : grounds.announcedOn(),
                releasedAt,
                revision.content(),
                revision.content().files().stream()
                        .map(file -> new FileView(file, PATH + "/" + edition.quarter() + files + file.name()))
                        .toList());
    }
}
