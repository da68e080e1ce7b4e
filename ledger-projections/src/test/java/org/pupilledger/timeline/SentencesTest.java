package org.pupilledger.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.digest.Sha256;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RescheduleReason;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.Figures;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Stage;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Submitted;

class SentencesTest {
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final OrganisationCode COURT = new OrganisationCode("COURT");
    private static final YearMonth AUGUST = YearMonth.of(2023, 8);
    private static final BusinessDate DAY = BusinessDate.of(LocalDate.of(2023, 8, 17));
    private static final Individuals NOT_STATED = Individuals.notStated();
    private static final Quarter QUARTER = new Quarter(2023, 3);
    private static final Sha256 DIGEST = new Sha256("ab".repeat(32));
    private static final Content CONTENT =
            new Content(41, new Content.TreeHead(42, "root"), "1", Profile.EXACT, DIGEST, List.of(file()));
    private static final Grounds GROUNDS = new Grounds(
            RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, LocalDate.of(2024, 1, 4));

    private static PublishedFile file() {
        return new PublishedFile("edition.json", 2, DIGEST);
    }

    private static RequestHeader header(int requests) {
        return new RequestHeader(DWP, AUGUST, new Requests(requests));
    }

    private static Figures figures(int requests) {
        return new Figures(header(requests), Outcome.APPROVED, Individuals.of(7), null, null);
    }

    private static RequestEvent received(String... references) {
        return new RequestEvent.Received(new Ask(
                Stream.of(references).map(Reference::new).toList(),
                DWP,
                DAY,
                Purpose.BENEFIT_FRAUD,
                Gateway.DWP_FUNC,
                null,
                null,
                new Submitted(Individuals.of(7), null, NOT_STATED, NOT_STATED, NOT_STATED),
                null,
                null));
    }

    private static RequestEvent decided(
            Outcome outcome, @Nullable RefusalReason reason, Stage.@Nullable CourtOrder order) {
        return new RequestEvent.Decided(header(1), Outcome.OPEN, new Stage.Decision(outcome, DAY, reason, order));
    }

    private static RequestEvent corrected(@Nullable SourceReference authority, Change... changes) {
        return new RequestEvent.Corrected(figures(1), figures(1), List.of(changes), Cause.RECOUNT, authority);
    }

    @Test
    void everyEventIsToldInCodesAndNumbers() {
        Map<Object, String> told = new LinkedHashMap<>();
        told.put(received(), "A request of DWP received in Aug 2023 was recorded: no reference, 7 people submitted.");
        told.put(
                received("2023-1", "2023-2", "2023-3"),
                "3 requests of DWP received in Aug 2023 were recorded: 3 references, 7 people submitted.");
        told.put(decided(Outcome.APPROVED, null, null), "A request of DWP received in Aug 2023 was approved.");
        told.put(
                decided(Outcome.APPROVED, null, new Stage.CourtOrder(COURT, DAY)),
                "A request of DWP received in Aug 2023 was approved (court order).");
        told.put(
                decided(Outcome.REFUSED, RefusalReason.DISPROPORTIONATE, null),
                "A request of DWP received in Aug 2023 was refused (disproportionate).");
        told.put(
                new RequestEvent.OverrideRecorded(
                        header(1),
                        new AgreementOverride(Decider.HEAD_OF_PROFESSION, new SourceReference("DSAP-2024-0117"))),
                "A request of DWP received in Aug 2023 may be approved although the agreement is not in force (head of"
                        + " profession for statistics, DSAP-2024-0117).");
        told.put(
                new RequestEvent.Withdrawn(header(2), Outcome.OPEN, new Stage.Withdrawal(DAY)),
                "2 requests of DWP received in Aug 2023 were withdrawn.");
        told.put(
                new RequestEvent.Matched(
                        header(1),
                        Outcome.APPROVED,
                        Individuals.of(7),
                        new Stage.Match(DAY, Individuals.of(2), NOT_STATED)),
                "A request of DWP received in Aug 2023 was compared with the National Pupil Database: of 7 people"
                        + " submitted, 2 matched and a number not stated ambiguous.");
        told.put(
                new RequestEvent.Disclosed(
                        header(1),
                        new Stage.Disclosure(
                                DAY,
                                Individuals.of(2),
                                Individuals.of(1),
                                List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED))),
                "A request of DWP received in Aug 2023 was answered: something was replied about 2 people, and data were"
                        + " returned about 1 person (school, date last collected).");
        told.put(
                new RequestEvent.Disclosed(
                        header(1), new Stage.Disclosure(DAY, Individuals.of(0), Individuals.of(0), List.of())),
                "A request of DWP received in Aug 2023 was answered: something was replied about 0 people, and data were"
                        + " returned about 0 people (no items).");
        told.put(
                new RequestEvent.Disclosed(header(1), new Stage.Disclosure(DAY, NOT_STATED, NOT_STATED, null)),
                "A request of DWP received in Aug 2023 was answered: something was replied about a number of people not"
                        + " stated, and data were returned about a number of people not stated (items not"
                        + " stated).");
        told.put(
                new RequestEvent.Destroyed(header(1), new Stage.Destruction(DAY, DestructionMethod.SECURE_ERASE)),
                "The file submitted with a request of DWP received in Aug 2023 was destroyed (securely erased).");
        told.put(
                new RequestEvent.Closed(header(1), new Stage.Closure(DAY)),
                "A request of DWP received in Aug 2023 was closed.");
        told.put(
                new RequestEvent.Annulled(figures(1), Cause.TRANSCRIPTION, null),
                "A request of DWP received in Aug 2023 was annulled: recorded by mistake, and counted no more"
                        + " (transcription error).");
        told.put(
                new OrganisationEvent.Registered(DWP, profile("one", Category.OTHER, null)),
                "DWP was registered in the category OTHER.");
        told.put(
                new OrganisationEvent.Changed(
                        DWP, profile("one", Category.OTHER, null), profile("two", Category.POLICE, COURT)),
                "DWP: category changed from OTHER to POLICE, name changed and parent changed from none to COURT.");
        told.put(
                new OrganisationEvent.ChangeProposed(
                        DWP, profile("one", Category.OTHER, null), profile("one", Category.POLICE, null)),
                "DWP: proposed to a second person: category changed from OTHER to POLICE.");
        told.put(
                new OrganisationEvent.ChangeProposed(
                        DWP, profile("one", Category.OTHER, null), profile("one", Category.OTHER, null)),
                "DWP: what was proposed was withdrawn.");
        told.put(
                new LedgerEvent.Opened(LocalDate.of(2026, 11, 2)),
                "The ledger was opened; its first day is 2026-11-02.");
        told.put(new LedgerEvent.KeyIntroduced("key"), "A key that signs the log was introduced.");
        told.put(new LedgerEvent.KeyRetired("key"), "A key that signed the log was retired.");
        told.put(
                new EditionEvent.Scheduled(QUARTER, LocalDate.of(2023, 12, 7), Profile.EXACT),
                "The edition Jul to Sep 2023 was announced for 2023-12-07 (exact counts, nothing suppressed or"
                        + " rounded).");
        told.put(
                new EditionEvent.Rescheduled(
                        QUARTER,
                        LocalDate.of(2023, 12, 7),
                        LocalDate.of(2023, 12, 14),
                        RescheduleReason.LATE_INFORMATION),
                "The edition Jul to Sep 2023 was moved from 2023-12-07 to 2023-12-14 (late information).");
        told.put(
                new EditionEvent.Previewed(QUARTER, CONTENT),
                "The edition Jul to Sep 2023 was previewed, as at position 41.");
        told.put(
                new EditionEvent.Released(QUARTER, CONTENT),
                "The edition Jul to Sep 2023 was released, as at position 41.");
        told.put(
                new EditionEvent.RevisionPreviewed(QUARTER, 2, GROUNDS, CONTENT),
                "Revision 2 of the edition Jul to Sep 2023 was previewed, as at position 41 (unscheduled correction,"
                        + " recount, head of profession for statistics).");
        told.put(
                new EditionEvent.Revised(QUARTER, 2, GROUNDS, CONTENT),
                "Revision 2 of the edition Jul to Sep 2023 was released, as at position 41 (unscheduled correction,"
                        + " recount, head of profession for statistics).");

        told.forEach((event, sentence) -> assertThat(Sentences.of(event)).isEqualTo(sentence));
    }

    private static OrganisationProfile profile(String name, Category category, @Nullable OrganisationCode parent) {
        return new OrganisationProfile(name, category, parent);
    }

    @Test
    void aCorrectionSaysEachFieldWithWhatItWasAndIs() {
        assertThat(Sentences.of(corrected(new SourceReference("HCWS272"), new Change(Field.MATCHED, 2L, 3L))))
                .isEqualTo("Matched corrected from 2 to 3 (recount, HCWS272).");
        assertThat(Sentences.of(corrected(
                        null,
                        new Change(Field.MATCHED, null, 3L),
                        new Change(Field.ORGANISATION, "HOME_OFFICE", "DWP"),
                        new Change(Field.DISCLOSURE_ITEMS, List.of("SCHOOL", "ADDRESS"), List.of()))))
                .isEqualTo("Matched corrected from not stated to 3, organisation from HOME_OFFICE to DWP and items"
                        + " returned from SCHOOL, ADDRESS to none (recount).");
    }

    @Test
    void everyFieldHasWordsOfItsOwn() {
        List<String> sentences = Arrays.stream(Field.values())
                .map(field -> Sentences.of(corrected(null, new Change(field, "A", "B"))))
                .toList();

        assertThat(sentences)
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.matches("[A-Z][a-z ]+ corrected from A to B \\(recount\\)\\."));
    }

    @Test
    void whatIsNoEventHasNoSentence() {
        assertThatThrownBy(() -> Sentences.of("text")).isInstanceOf(IllegalArgumentException.class);
    }
}
