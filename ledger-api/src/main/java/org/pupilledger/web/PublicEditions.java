package org.pupilledger.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.EditionDocument;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.http.NothingHere;
import org.pupilledger.intake.EditionReader;
import org.pupilledger.node.Publishing;
import org.pupilledger.period.Period;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.DocumentJson;
import org.pupilledger.tables.Table;
import org.springframework.stereotype.Component;

/** Released editions as they were released: read from their own files, and so the same whatever the ledger learns since. */
@Component
public final class PublicEditions {
    /** Editions that are kept read. */
    private static final int MAX_KEPT = 8;

    private final Publishing publishing;
    private final Cache<Sha256, Document> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

    PublicEditions(Publishing publishing) {
        this.publishing = publishing;
    }

    /**
     * One release.
     *
     * @param firstReleasedAt when the first version was
     * @param document        what it says
     */
    public record Edition(
            EditionState state, Revision revision, Instant firstReleasedAt, Instant releasedAt, Document document) {
        public Quarter quarter() {
            return state.quarter();
        }

        public boolean isNewest() {
            return revision.number() == state.revisions().size();
        }

        /** Address of its page, {@code /2023-Q3}, with the revision where it is not the newest. */
        public String path() {
            return "/" + quarter();
        }

        public String query() {
            return isNewest() ? "" : "?revision=" + revision.number();
        }

        /** All its files. */
        public List<PublishedFile> files() {
            return revision.content().files();
        }

        /** Address of one of its files, as it was released. */
        public String file(String name) {
            return "/api/v1/editions/" + quarter() + "/revisions/" + revision.number() + "/files/" + name;
        }

        public Optional<Table> table(String name) {
            return document.tables().stream()
                    .filter(table -> table.name().equals(name))
                    .findFirst();
        }
    }

    /** Every release, the newest first. */
    public List<Release> releases() {
        return publishing.publications().releases().all().reversed();
    }

    /** Every edition that is announced or released, the newest quarter first. */
    public List<EditionState> calendar() {
        return publishing.calendar().stream().map(edition -> edition.state()).toList();
    }

    /** The release of the newest quarter; empty before there is one. */
    public Optional<Edition> newest() {
        return calendar().stream()
                .filter(EditionState::isReleased)
                .findFirst()
                .flatMap(edition -> find(edition.quarter(), null));
    }

    /** @param number of the revision, null for the newest */
    public Optional<Edition> find(Quarter quarter, @Nullable Integer number) {
        return publishing
                .find(quarter)
                .flatMap(found -> found.state()
                        .revision(number)
                        .flatMap(revision -> document(found.state(), revision)
                                .map(document -> new Edition(
                                        found.state(),
                                        revision,
                                        releasedAt(quarter, 1),
                                        releasedAt(quarter, revision.number()),
                                        document))));
    }

    /**
     * As an address names it.
     *
     * @param revision null for the newest
     * @throws NothingHere where there is no such release
     */
    public Edition released(String quarter, @Nullable String revision) {
        return Quarter.parse(quarter)
                .flatMap(of -> find(of, EditionReader.revision(revision)))
                .orElseThrow(NothingHere::new);
    }

    /** All releases that may show a period, the oldest first; the others are not read. */
    public List<Edition> showing(Period period) {
        return publishing.publications().releases().all().stream()
                .filter(release -> release.holds(period))
                .flatMap(release -> find(release.quarter(), release.revision()).stream())
                .toList();
    }

    private Instant releasedAt(Quarter quarter, int number) {
        return publishing.publications().releases().all().stream()
                .filter(release -> release.quarter().equals(quarter) && release.revision() == number)
                .map(Release::recordedAt)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private Optional<Document> document(EditionState edition, Revision revision) {
        String name = EditionDocument.name(edition.quarter()) + ".json";
        PublishedFile file = revision.content().file(name).orElse(null);
        if (file == null) {
            return Optional.empty();
        }
        Document known = kept.getIfPresent(file.digest());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Document> read = publishing
                .publications()
                .builder()
                .file(edition, revision, name)
                .map(DocumentJson::read);
        read.ifPresent(document -> kept.put(file.digest(), document));
        return read;
    }
}
