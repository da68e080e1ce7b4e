package org.pupilledger.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.intake.EditionReader;
import org.pupilledger.node.Publishing;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the files of an edition, the same as the server hands out. */
@Command(
        name = "publish",
        description = {
            "Write the files of an edition, and print their SHA-256 digests as sha256sum -c reads them.",
            "Without options: the newest release, or a preview where nothing is released. A preview is what is before"
                    + " a second person; where there is none, it is made now, and nothing is recorded."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {
            "0:written",
            "1:a file cannot be made as it was released, and nothing is written",
            "2:wrong use, or the ledger cannot be read"
        })
final class PublishCommand extends Subcommand {
    @Option(names = "--quarter", required = true, description = "of the edition, as in 2023-Q3")
    private String quarter = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "the directory, made where there is none; it may hold the same files already, and no others")
    private Path directory = Path.of("");

    @Option(names = "--revision", paramLabel = "N", description = "a release by its number, from 1")
    private @Nullable String number;

    @Option(names = "--preview", description = "what is not released")
    private boolean isPreview;

    @Option(
            names = "--rebuild",
            description = "make the files again from the entries, and compare them with those that were released")
    private boolean isRebuild;

    @Override
    public Integer call() throws Exception {
        Quarter of = Quarter.parse(quarter).orElseThrow(() -> new WrongUse("--quarter: a quarter is written 2023-Q3."));
        if (isPreview && number != null) {
            throw new WrongUse("Give --revision or --preview, not both.");
        }
        return opened(node -> {
            awaitAll(node, "figures");
            Publishing publishing = node.publishing();
            State<EditionState> edition = publishing
                    .find(of)
                    .orElseThrow(() -> new WrongUse(
                            "--quarter: it has no edition. The date of its release must be announced first."));
            Revision revision = chosen(edition.state());
            Publishing.Files made = revision == null
                    ? publishing.draft(edition.state())
                    : isRebuild
                            ? publishing.again(edition.state(), revision)
                            : publishing.kept(edition.state(), revision);
            err().println(name(edition, revision));
            if (!made.different().isEmpty()) {
                made.different().forEach(file -> out().println("differs: " + file));
                return ExitCode.FINDING;
            }
            new EditionDirectory(directory).write(made.files());
            made.content().files().forEach(file -> out().println(file.digest() + "  " + file.name()));
            return 0;
        });
    }

    /** What is written; null for a preview that is made now. */
    private @Nullable Revision chosen(EditionState edition) {
        if (number != null) {
            return edition.revision(EditionReader.revision(number))
                    .orElseThrow(() -> new WrongUse("--revision: the edition has no such release."));
        }
        if (!isPreview && edition.isReleased()) {
            return edition.revisions().getLast();
        }
        if (edition.preview() == null && edition.isReleased()) {
            throw new WrongUse(
                    "--preview: nothing is before a second person. A revision has reasons, so it is previewed"
                            + " at the server.");
        }
        if (edition.preview() == null && isRebuild) {
            throw new WrongUse("--rebuild: there is nothing to compare with, neither a release nor a preview.");
        }
        return edition.preview();
    }

    private static String name(State<EditionState> edition, @Nullable Revision revision) {
        if (revision == null) {
            return "preview, not released; made now and not recorded";
        }
        if (revision.equals(edition.state().preview())) {
            return "preview, not released";
        }
        Instant recordedAt =
                Instant.parse(edition.stamps().get((int) revision.sequence()).recordedAt());
        return "revision " + revision.number() + ", released " + LocalDate.ofInstant(recordedAt, BusinessDate.ZONE);
    }
}
