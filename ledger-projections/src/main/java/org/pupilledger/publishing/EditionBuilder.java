package org.pupilledger.publishing;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.AgreementsTable;
import org.pupilledger.editions.EditionTables;
import org.pupilledger.editions.Releases;
import org.pupilledger.editions.RevisedFigure;
import org.pupilledger.editions.Revisions;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.export.TableCsv;
import org.pupilledger.failure.NotYet;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.Totals;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publishing.PublishedFiles.FileDamaged;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.DocumentHtml;
import org.pupilledger.tables.DocumentJson;
import org.pupilledger.tables.DocumentOds;
import org.pupilledger.tables.Table;
import org.pupilledger.tables.TableMetadata;
import org.pupilledger.totals.FiguresReader;

/**
 * Makes editions. The files of an edition follow from the entries up to a position, the quarter, and the rules by
 * which it was made, so that they can be made again to the byte.
 */
public final class EditionBuilder {
    private final FiguresReader figures;
    private final Releases releases;
    private final LogReader log;
    private final PublishedFiles files;
    private final EditionTables tables;

    public EditionBuilder(
            FiguresReader figures,
            KnownStates<EditionState> editions,
            Releases releases,
            LogReader log,
            PublishedFiles files,
            Revisions revisions,
            AgreementsTable agreements) {
        this.figures = figures;
        this.releases = releases;
        this.log = log;
        this.files = files;
        this.tables = new EditionTables(editions, releases, revisions, agreements, figures.entries());
    }

    /**
     * An edition that was made.
     *
     * @param changes figures that it shows otherwise than what was published before
     * @param frozen  the monthly figures behind it
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Built(Content content, List<RevisedFigure> changes, Map<String, byte[]> files, byte[] frozen) {}

    /**
     * Makes the next version of an edition from all that is in the figures, and keeps its files.
     *
     * @param grounds null for the first release
     * @throws NotYet the ledger has no figures yet
     */
    public Built build(EditionState edition, @Nullable Grounds grounds) {
        Built built = makeNext(edition, grounds);
        built.files().values().forEach(files::put);
        files.put(built.frozen());
        return built;
    }

    /**
     * Makes the first release from all that is in the figures, for whoever wants to look at it, and keeps nothing.
     *
     * @throws NotYet the ledger has no figures yet
     */
    public Built draft(EditionState edition) {
        return makeNext(edition, null);
    }

    private Built makeNext(EditionState edition, @Nullable Grounds grounds) {
        FiguresSource.Current current = figures.current();
        Sealed sealed = log.covering(current.position())
                .filter(any -> current.position() >= 0)
                .orElseThrow(() -> new NotYet(NotYet.What.SEALED, "The ledger has no figures yet."));
        Checkpoint checkpoint = sealed.checkpoint().orElseThrow(() -> new IllegalStateException("no checkpoint"));
        return make(
                edition,
                edition.revisions(),
                grounds,
                current.position(),
                new Content.TreeHead(checkpoint.size(), Base64.getEncoder().encodeToString(checkpoint.root())),
                current.totals());
    }

    /**
     * Whether a version that is not released yet shows a quarter that has had an edition of its own announced since: to
     * release it would be to release that quarter before its date.
     */
    public boolean isOvertaken(EditionState edition, Revision preview) {
        Quarter own = edition.quarter();
        Set<Quarter> then = releases.withheld(own, preview.content().position());
        return releases.withheld(own, Long.MAX_VALUE).stream()
                .anyMatch(quarter -> quarter.compareTo(own) < 0 && !then.contains(quarter));
    }

    /**
     * A file as it was released or previewed. One that is not kept, or was changed where it is kept, is made again from
     * the ledger.
     *
     * @return empty where the revision has no such file
     * @throws FileDamaged neither what is kept nor what can be made fits the digest
     */
    public Optional<byte[]> file(EditionState edition, Revision revision, String name) {
        return revision.content()
                .file(name)
                .map(file -> kept(file.digest()).orElseGet(() -> again(edition, revision, file)));
    }

    private Optional<byte[]> kept(Sha256 digest) {
        try {
            return files.get(digest);
        } catch (FileDamaged e) {
            return Optional.empty();
        }
    }

    private byte[] again(EditionState edition, Revision revision, PublishedFile file) {
        byte[] bytes = remake(edition, revision, figuresOf(revision)).files().get(file.name());
        if (bytes == null || !Sha256.of(bytes).equals(file.digest())) {
            throw new FileDamaged();
        }
        return bytes;
    }

    /**
     * The monthly figures behind a revision, made again from the ledger.
     *
     * @throws FileDamaged what can be made does not fit the digest
     */
    public byte[] frozen(EditionState edition, Revision revision) {
        Content content = revision.content();
        byte[] bytes = remake(edition, revision, figuresOf(revision)).frozen();
        if (!Sha256.of(bytes).equals(content.figures())) {
            throw new FileDamaged();
        }
        return bytes;
    }

    /** Makes a revision again, from the entries up to its position and not from the totals, which may be wrong. */
    public Built rebuild(EditionState edition, Revision revision) {
        Content content = revision.content();
        return remake(edition, revision, figures.fold(content.position(), rules(content)));
    }

    /** All files of a revision and the figures behind them, made as {@link #rebuild} makes them, by what they hold. */
    Map<Sha256, byte[]> filesOf(EditionState edition, Revision revision) {
        Built made = rebuild(edition, revision);
        Map<Sha256, byte[]> files = new HashMap<>();
        made.files().values().forEach(bytes -> files.put(Sha256.of(bytes), bytes));
        files.put(Sha256.of(made.frozen()), made.frozen());
        return files;
    }

    private Totals figuresOf(Revision revision) {
        Content content = revision.content();
        return figures.at(figures.current(), content.position(), rules(content));
    }

    /** @throws FileDamaged nobody here knows how it was made */
    private static EditionRules rules(Content content) {
        return EditionRules.of(content.rules()).orElseThrow(FileDamaged::new);
    }

    private Built remake(EditionState edition, Revision revision, Totals totals) {
        Content content = revision.content();
        return make(
                edition,
                edition.revisions().subList(0, revision.number() - 1),
                revision.grounds(),
                content.position(),
                content.checkpoint(),
                totals);
    }

    private Built make(
            EditionState edition,
            List<Revision> earlier,
            @Nullable Grounds grounds,
            long position,
            Content.TreeHead checkpoint,
            Totals totals) {
        EditionTables.Made made = tables.make(edition, earlier, grounds, position, checkpoint, totals);
        Map<String, byte[]> bytes = filesOf(made.document());
        List<PublishedFile> published = new ArrayList<>();
        bytes.forEach((name, file) -> published.add(new PublishedFile(name, file.length, Sha256.of(file))));
        return new Built(
                new Content(
                        position,
                        checkpoint,
                        totals.rules().code(),
                        edition.profile(),
                        Sha256.of(made.frozen()),
                        published),
                made.revised().stream()
                        .filter(figure -> figure.revision() == earlier.size() + 1)
                        .toList(),
                bytes,
                made.frozen());
    }

    private static Map<String, byte[]> filesOf(Document document) {
        Map<String, byte[]> made = new LinkedHashMap<>();
        made.put(document.name() + ".ods", DocumentOds.of(document));
        made.put(document.name() + ".html", DocumentHtml.of(document));
        made.put(document.name() + ".json", DocumentJson.of(document));
        for (Table table : document.tables()) {
            made.put(table.name() + ".csv", TableCsv.of(table));
            made.put(TableMetadata.fileName(table), TableMetadata.of(table));
        }
        return made;
    }
}
