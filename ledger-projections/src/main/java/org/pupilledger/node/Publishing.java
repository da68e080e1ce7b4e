package org.pupilledger.node;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.failure.NotYet;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publishing.EditionBuilder.Built;
import org.pupilledger.publishing.PublishedFiles.FileDamaged;
import org.pupilledger.refusal.Refused;
import org.pupilledger.request.Occasion;

/**
 * Makes what is put before a second person, looks whether that still holds when they release it, and finds what is released.
 * All is empty where nothing is announced of the quarter.
 */
public record Publishing(Publications publications, Waiting waiting) {
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    public Optional<State<EditionState>> find(Quarter quarter) {
        return publications.editions().find(Edition.id(quarter));
    }

    /**
     * The same once there is a release.
     *
     * @throws NotYet there is none, and it is due on a day
     */
    public Optional<State<EditionState>> released(Quarter quarter) {
        Optional<State<EditionState>> found = find(quarter);
        found.map(State::state).filter(edition -> !edition.isReleased()).ifPresent(edition -> {
            throw NotYet.due(edition.releaseOn());
        });
        return found;
    }

    /** Every edition, the newest quarter first. */
    public List<State<EditionState>> calendar() {
        Comparator<State<EditionState>> byQuarter =
                Comparator.comparing(edition -> edition.state().quarter());
        return publications.editions().all().stream()
                .sorted(byQuarter.reversed())
                .toList();
    }

    /**
     * What is to be had of a version of an edition.
     *
     * @param files     by name, in the order in which they are published
     * @param different names of what is not as it was released or previewed
     */
    public record Files(Content content, Map<String, byte[]> files, Set<String> different) {}

    /** Files as they would be previewed, made now and kept nowhere. */
    public Files draft(EditionState edition) {
        Built built = publications.builder().draft(edition);
        return new Files(built.content(), built.files(), Set.of());
    }

    /** Files as they were released or previewed. */
    public Files kept(EditionState edition, Revision revision) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Set<String> different = new TreeSet<>();
        for (PublishedFile file : revision.content().files()) {
            try {
                publications
                        .builder()
                        .file(edition, revision, file.name())
                        .ifPresent(bytes -> files.put(file.name(), bytes));
            } catch (FileDamaged e) {
                different.add(file.name());
            }
        }
        return new Files(revision.content(), files, different);
    }

    /** Files made again from the entries, and compared with those that were released or previewed. */
    public Files again(EditionState edition, Revision revision) {
        Built built = publications.builder().rebuild(edition, revision);
        List<PublishedFile> now = built.content().files();
        List<PublishedFile> then = revision.content().files();
        Set<String> different = Stream.concat(now.stream(), then.stream())
                .filter(file -> !now.contains(file) || !then.contains(file))
                .map(PublishedFile::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!built.content().figures().equals(revision.content().figures())) {
            different.add("the figures behind the tables");
        }
        return new Files(built.content(), built.files(), different);
    }

    /**
     * Makes the files of the first release.
     *
     * @throws NotYet               a correction just made would be missing
     * @throws Refused.StaleVersion the edition is not as the caller knows it
     */
    public Optional<EditionCommand> preview(Quarter quarter, Occasion occasion) {
        return make(
                quarter,
                null,
                occasion,
                made -> new EditionCommand.PreviewEdition(quarter, made.content, made.occasion));
    }

    /** Makes the files of another release; see {@link #preview}. */
    public Optional<EditionCommand> revise(Quarter quarter, Grounds grounds, Occasion occasion) {
        return make(
                quarter,
                grounds,
                occasion,
                made -> new EditionCommand.PreviewRevision(quarter, grounds, made.content, made.occasion));
    }

    /**
     * Releases what was previewed.
     *
     * @throws NotYet           see {@link #preview}
     * @throws Refused.Conflict what it tells of other editions is no longer so
     */
    public Optional<EditionCommand> release(Quarter quarter, Occasion occasion) {
        return settled(quarter).map(edition -> {
            Revision preview = edition.state().preview();
            if (preview != null && publications.builder().isOvertaken(edition.state(), preview)) {
                throw new Refused.Conflict(Refused.Conflict.Reason.ANNOUNCED_SINCE);
            }
            return new EditionCommand.ReleaseEdition(quarter, occasion);
        });
    }

    private record Made(Content content, Occasion occasion) {}

    /** Of the edition as it is, and no other: files name its date and the number of the revision. */
    private Optional<EditionCommand> make(
            Quarter quarter, @Nullable Grounds grounds, Occasion occasion, Function<Made, EditionCommand> command) {
        return settled(quarter).map(edition -> {
            occasion.check(edition.sequence());
            Content content =
                    publications.builder().build(edition.state(), grounds).content();
            return command.apply(new Made(content, occasion.exactly(Set.of(edition.sequence()))));
        });
    }

    /** With all that was committed before in the figures, since a correction just made is what a revision is for. */
    private Optional<State<EditionState>> settled(Quarter quarter) {
        if (!waiting.awaitAllProjected(AT_MOST)) {
            throw NotYet.sealed();
        }
        return find(quarter);
    }
}
