package org.pupilledger.bundle;

import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.RECORDER;
import static org.pupilledger.TestLedger.anotherApprover;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestLog;
import org.pupilledger.TestRequests;
import org.pupilledger.cluster.Database;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.Item;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.OpenLedger;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.PreviewRevision;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.publishing.BundleWriter;
import org.pupilledger.publishing.EditionBuilder;
import org.pupilledger.register.States;
import org.pupilledger.request.Change;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;
import org.pupilledger.values.RequestId;

/** The published DWP cases in a ledger that opens, introduces its key, and publishes, as the application does it. */
final class PublishedLedger implements AutoCloseable {
    private static final LocalDate DUE = LocalDate.of(2024, 1, 4);
    private static final Grounds GROUNDS = new Grounds(
            RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, LocalDate.of(2024, 1, 11));

    private final Database database;
    private final TestLedger ledger;
    private final TestRequests requests;
    private final States<EditionEvent, EditionState> editions;

    private PublishedLedger() {
        this.database = TestDatabase.migrated();
        this.ledger = new TestLedger(database);
        ledger.start();
        this.requests = new TestRequests(ledger.organisations());
        this.editions = ledger.publications().editions();
        ledger.commands().send(new OpenLedger(LocalDate.of(2026, 1, 1)), RECORDER);
        ledger.commands()
                .send(
                        new IntroduceKey(
                                TestLog.of(database).identity().firstKey().toString()),
                        RECORDER);
        ledger.registerOrganisations();
    }

    static PublishedLedger empty() {
        return new PublishedLedger();
    }

    static PublishedLedger ofTheDwpCases() {
        PublishedLedger all = new PublishedLedger();
        all.answered(DWP, "2018-04", 185, 1, 1, 0, List.of(Item.MATCH_INDICATOR));
        all.answered(
                DWP, "2023-06", 12, null, 12, 12, List.of(Item.RECORD_HELD, Item.DATE_LAST_COLLECTED), "2023-0020534");
        all.answered(DWP, "2023-08", 1, 1, 1, 1, List.of(Item.ADDRESS_HISTORY, Item.SCHOOL_HISTORY), "2023-0027990");
        all.answered(DWP, "2023-09", 1, 0, 0, 0, List.of(), "2023-0033523");
        all.answered(DWP, "2023-11", 2, 0, 0, 0, List.of(), "2023-0043219");
        return all;
    }

    TestLedger ledger() {
        return ledger;
    }

    LogVerifier pinned() {
        return TestLog.of(database).identity().verifier();
    }

    String key() {
        return TestLog.of(database).identity().firstKey().toString();
    }

    RequestId answered(
            OrganisationCode organisation,
            String received,
            int submitted,
            @Nullable Integer matched,
            int answered,
            int returned,
            List<Item> items,
            String... references) {
        RecordRequest asked =
                requests.answered(organisation, received, submitted, matched, answered, returned, items, references);
        ledger.commands().send(asked, RECORDER);
        return asked.id();
    }

    void correct(RequestId id, Change... changes) {
        ledger.commands()
                .send(
                        new CorrectRequest(id, List.of(changes), Cause.RECOUNT, null, requests.occasion()),
                        anotherApprover());
    }

    void annul(RequestId id) {
        ledger.commands().send(requests.annul(id), anotherApprover());
    }

    void agree(String reference, String from) {
        ledger.commands().send(requests.agreement(reference, from), RECORDER);
    }

    // What happens to editions

    void schedule(String quarter) {
        send(new ScheduleEdition(quarter(quarter), DUE, Profile.EXACT, requests.occasion()), RECORDER);
    }

    void preview(String quarter) {
        ledger.awaitFolded();
        EditionBuilder.Built built = builder().build(edition(quarter).state(), null);
        send(new PreviewEdition(quarter(quarter), built.content(), requests.occasion()), RECORDER);
    }

    void release(String quarter) {
        send(new ReleaseEdition(quarter(quarter), requests.occasion()), APPROVER);
    }

    void publish(String quarter) {
        schedule(quarter);
        preview(quarter);
        release(quarter);
    }

    void revise(String quarter) {
        ledger.awaitFolded();
        EditionBuilder.Built built = builder().build(edition(quarter).state(), GROUNDS);
        send(new PreviewRevision(quarter(quarter), GROUNDS, built.content(), requests.occasion()), RECORDER);
        release(quarter);
    }

    private void send(EditionCommand command, Author author) {
        ledger.commands()
                .answer(
                        () -> command,
                        author,
                        null,
                        (Edition.Recorded recorded) -> new Answer(200, null, null, null, new byte[0]));
        ledger.awaitFolded();
    }

    private static Quarter quarter(String text) {
        return Quarter.parse(text).orElseThrow();
    }

    State<EditionState> edition(String quarter) {
        return editions.find(Edition.id(quarter(quarter))).orElseThrow();
    }

    private EditionBuilder builder() {
        return ledger.publications().builder();
    }

    /** By a program that has just started. */
    BundleWriter bundles() {
        return ledger.publications().bundles();
    }

    byte[] bundle(String quarter, int revision, Variant variant) {
        BundleWriter writer = bundles();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(writer.prepare(edition(quarter), revision, variant), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path bundle(String quarter, int revision, Variant variant, Path directory) {
        BundleWriter writer = bundles();
        Path file = directory.resolve(quarter + "." + revision + "-" + variant + ".zip");
        try {
            writer.write(writer.prepare(edition(quarter), revision, variant), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
