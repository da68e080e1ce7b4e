package org.pupilledger.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.Rule;
import org.pupilledger.digest.Sha256;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition.Recorded;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.PreviewRevision;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.RescheduleEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionEvent.Previewed;
import org.pupilledger.publication.EditionEvent.Released;
import org.pupilledger.publication.EditionEvent.Rescheduled;
import org.pupilledger.publication.EditionEvent.Revised;
import org.pupilledger.publication.EditionEvent.RevisionPreviewed;
import org.pupilledger.publication.EditionEvent.Scheduled;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.Occasion;

class EditionTest {
    private static final String PUBLISHER = "3f0b7a11";
    private static final String APPROVER = "9c2d4e58";

    private static final Quarter QUARTER = new Quarter(2023, 3);
    private static final LocalDate DUE = LocalDate.of(2023, 12, 7);
    private static final LocalDate LATER = LocalDate.of(2023, 12, 14);
    private static final LocalDate TODAY = LocalDate.of(2024, 1, 11);

    private static final Content FIRST = content(34, "a", "b");
    private static final Content SECOND = content(50, "c", "d");
    private static final Content THIRD = content(60, "e", "f");
    private static final Grounds GROUNDS =
            new Grounds(RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, TODAY);

    private static final Scheduled SCHEDULED = new Scheduled(QUARTER, DUE, Profile.EXACT);
    private static final Rescheduled RESCHEDULED =
            new Rescheduled(QUARTER, DUE, LATER, RescheduleReason.QUALITY_ASSURANCE);
    private static final Previewed PREVIEWED = new Previewed(QUARTER, FIRST);
    private static final Released RELEASED = new Released(QUARTER, FIRST);
    private static final RevisionPreviewed REVISION_PREVIEWED = new RevisionPreviewed(QUARTER, 2, GROUNDS, SECOND);
    private static final Revised REVISED = new Revised(QUARTER, 2, GROUNDS, SECOND);

    private static final List<EditionEvent> UNTIL_RELEASE = List.of(SCHEDULED, PREVIEWED, RELEASED);
    private static final List<EditionEvent> UNTIL_REVISION =
            List.of(SCHEDULED, PREVIEWED, RELEASED, REVISION_PREVIEWED, REVISED);

    private final AggregateTestFixture<Edition> edition = new AggregateTestFixture<>(Edition.class);

    /** Two files: a page, which names the position, and a table. */
    private static Content content(long position, String figures, String table) {
        return new Content(
                position,
                new Content.TreeHead(position + 1, "BW5SmISwxpaV8NTbi2Lpkk2ry3gQ0RnVmnjVjsrqzog="),
                "edition/1",
                Profile.EXACT,
                digest(figures),
                List.of(
                        new PublishedFile("pupil-matching-2023-Q3.html", position, digest("0")),
                        new PublishedFile("home-office-monthly.csv", 409, digest(table))));
    }

    private static Sha256 digest(String digit) {
        return new Sha256(digit.repeat(64));
    }

    private static Occasion on(LocalDate today, @Nullable Set<Long> ifMatch) {
        return new Occasion(
                today, LocalDate.of(2023, 1, 1), code -> Optional.empty(), reference -> Optional.empty(), ifMatch);
    }

    private static Occasion now() {
        return on(TODAY, null);
    }

    private static ScheduleEdition schedule(LocalDate releaseOn) {
        return new ScheduleEdition(QUARTER, releaseOn, Profile.EXACT, now());
    }

    private static RescheduleEdition reschedule(LocalDate releaseOn) {
        return new RescheduleEdition(QUARTER, releaseOn, RescheduleReason.QUALITY_ASSURANCE, now());
    }

    private static PreviewEdition preview(Content content) {
        return new PreviewEdition(QUARTER, content, now());
    }

    private static PreviewRevision revise(Grounds grounds, Content content) {
        return new PreviewRevision(QUARTER, grounds, content, now());
    }

    private static ReleaseEdition release(LocalDate today) {
        return new ReleaseEdition(QUARTER, on(today, null));
    }

    /** Ordered by the approver, after what the publisher did. */
    private ResultValidator<Edition> when(EditionCommand command, EditionEvent... given) {
        return when(APPROVER, command, List.of(given));
    }

    private ResultValidator<Edition> when(String actor, EditionCommand command, List<EditionEvent> given) {
        Map<String, Object> metadata = Map.of(MatchingRequest.ACTOR, actor);
        Map<String, Object> earlier = Map.of(MatchingRequest.ACTOR, PUBLISHER);
        return given.isEmpty()
                ? edition.givenNoPriorActivity().when(command, metadata)
                : edition.given(given.stream()
                                .map(event -> new GenericEventMessage<>(event, earlier))
                                .toList())
                        .when(command, metadata);
    }

    private static EditionState state(EditionEvent... events) {
        return state(Arrays.asList(events));
    }

    private static EditionState state(List<EditionEvent> events) {
        EditionState state = null;
        long sequence = 0;
        for (EditionEvent event : events) {
            state = EditionState.after(state, event, sequence++);
        }
        return Objects.requireNonNull(state);
    }

    private static List<EditionEvent> and(List<EditionEvent> events, EditionEvent... more) {
        return Stream.concat(events.stream(), Stream.of(more)).toList();
    }

    private static void assertTold(ResultValidator<Edition> result, EditionEvent... events) {
        result.expectNoEvents().expectResultMessagePayload(new Recorded(state(events), events.length - 1L, false));
    }

    private static void assertBroken(ResultValidator<Edition> result, Rule rule, String pointer) {
        assertRefused(
                result,
                "rule " + rule,
                refusal -> refusal instanceof Refused.RuleBroken broken
                        && broken.violations().equals(List.of(new Violation(rule, pointer))));
    }

    private static void assertConflict(ResultValidator<Edition> result, Reason reason) {
        assertRefused(
                result,
                "conflict " + reason,
                refusal -> refusal instanceof Refused.Conflict conflict && conflict.reason() == reason);
    }

    private static void assertRefused(ResultValidator<Edition> result, String wanted, Predicate<Object> isWanted) {
        result.expectNoEvents().expectException(new BaseMatcher<>() {
            @Override
            public boolean matches(Object refusal) {
                return isWanted.test(refusal);
            }

            @Override
            public void describeTo(Description text) {
                text.appendText(wanted);
            }
        });
    }

    // Announced

    @Test
    void anEditionIsAnnounced() {
        when(schedule(DUE)).expectEvents(SCHEDULED).expectResultMessagePayload(new Recorded(state(SCHEDULED), 0, true));
        assertThat(Edition.id(QUARTER)).isEqualTo("edition-2023-Q3");
        assertThat(schedule(DUE).id()).isEqualTo("edition-2023-Q3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-09-30", "2023-09-29", "2023-07-01", "1970-01-01"})
    void aQuarterThatIsNotOverIsNotReleased(LocalDate releaseOn) {
        assertBroken(when(schedule(releaseOn)), Rule.DATES_OUT_OF_ORDER, "/releaseOn");
        assertBroken(when(schedule(releaseOn), SCHEDULED), Rule.DATES_OUT_OF_ORDER, "/releaseOn");
        assertBroken(when(reschedule(releaseOn), SCHEDULED), Rule.DATES_OUT_OF_ORDER, "/releaseOn");
    }

    @Test
    void aQuarterIsReleasedFromTheDayAfterItsEnd() {
        LocalDate first = LocalDate.of(2023, 10, 1);

        when(schedule(first)).expectEvents(new Scheduled(QUARTER, first, Profile.EXACT));
    }

    @Test
    void announcedAgainItIsTheSame() {
        assertTold(when(schedule(DUE), SCHEDULED), SCHEDULED);
        assertTold(when(schedule(LATER), SCHEDULED, RESCHEDULED), SCHEDULED, RESCHEDULED);
        assertTold(when(schedule(DUE), SCHEDULED, PREVIEWED, RELEASED), SCHEDULED, PREVIEWED, RELEASED);
    }

    @Test
    void announcedWithAnotherDateItContradicts() {
        assertConflict(when(schedule(LATER), SCHEDULED), Reason.TOLD_DIFFERENTLY);
        assertConflict(when(schedule(DUE), SCHEDULED, RESCHEDULED), Reason.TOLD_DIFFERENTLY);
        assertConflict(when(schedule(LATER), SCHEDULED, PREVIEWED, RELEASED), Reason.TOLD_DIFFERENTLY);
    }

    @Test
    void anotherDateIsAnnouncedBeforeTheRelease() {
        when(reschedule(LATER), SCHEDULED)
                .expectEvents(RESCHEDULED)
                .expectResultMessagePayload(new Recorded(state(SCHEDULED, RESCHEDULED), 1, false));
        when(reschedule(LATER), SCHEDULED, PREVIEWED).expectEvents(RESCHEDULED);
        assertTold(when(reschedule(DUE), SCHEDULED), SCHEDULED);
        assertTold(when(reschedule(LATER), SCHEDULED, RESCHEDULED), SCHEDULED, RESCHEDULED);
    }

    @Test
    void noOtherDateIsAnnouncedAfterTheRelease() {
        assertConflict(when(reschedule(LATER), SCHEDULED, PREVIEWED, RELEASED), Reason.OUT_OF_TURN);
    }

    @Test
    void whatWasPreviewedNamesTheDateThatWasAnnouncedThen() {
        EditionState state = state(SCHEDULED, PREVIEWED, RESCHEDULED);

        assertThat(state.preview()).isNull();
        assertThat(state.releaseOn()).isEqualTo(LATER);
        assertThat(state.status()).isEqualTo(EditionStatus.SCHEDULED);
        assertConflict(when(release(LATER), SCHEDULED, PREVIEWED, RESCHEDULED), Reason.OUT_OF_TURN);
        when(preview(FIRST), SCHEDULED, PREVIEWED, RESCHEDULED).expectEvents(PREVIEWED);
    }

    // Previewed and released

    @Test
    void whatItWouldSayIsPreviewed() {
        when(preview(FIRST), SCHEDULED)
                .expectEvents(PREVIEWED)
                .expectResultMessagePayload(new Recorded(state(SCHEDULED, PREVIEWED), 1, false));
        when(preview(SECOND), SCHEDULED, PREVIEWED).expectEvents(new Previewed(QUARTER, SECOND));
        assertTold(when(preview(FIRST), SCHEDULED, PREVIEWED), SCHEDULED, PREVIEWED);
    }

    @Test
    void theFirstReleaseIsPreviewedBeforeItAndNeverAfter() {
        assertConflict(when(preview(SECOND), SCHEDULED, PREVIEWED, RELEASED), Reason.OUT_OF_TURN);
        assertConflict(when(preview(FIRST), SCHEDULED, PREVIEWED, RELEASED), Reason.OUT_OF_TURN);
        assertConflict(when(APPROVER, preview(THIRD), UNTIL_REVISION), Reason.OUT_OF_TURN);
    }

    @Test
    void anotherOfficerReleasesWhatWasPreviewedLast() {
        when(release(DUE), SCHEDULED, PREVIEWED)
                .expectEvents(RELEASED)
                .expectResultMessagePayload(new Recorded(state(SCHEDULED, PREVIEWED, RELEASED), 2, false));
        when(release(TODAY), SCHEDULED, PREVIEWED, new Previewed(QUARTER, SECOND))
                .expectEvents(new Released(QUARTER, SECOND));
        assertTold(when(release(DUE), SCHEDULED, PREVIEWED, RELEASED), SCHEDULED, PREVIEWED, RELEASED);
    }

    @Test
    void nothingIsReleasedThatNobodyPreviewed() {
        assertConflict(when(release(TODAY), SCHEDULED), Reason.OUT_OF_TURN);
    }

    @Test
    void whoeverPreviewedItDoesNotReleaseIt() {
        assertBroken(when(PUBLISHER, release(TODAY), List.of(SCHEDULED, PREVIEWED)), Rule.SAME_OFFICER, "");
        assertBroken(when(PUBLISHER, release(TODAY), and(UNTIL_RELEASE, REVISION_PREVIEWED)), Rule.SAME_OFFICER, "");
    }

    @Test
    void whoeverPreviewedItLastIsAskedAfter() {
        edition.given(List.of(
                        event(SCHEDULED, PUBLISHER),
                        event(PREVIEWED, PUBLISHER),
                        event(new Previewed(QUARTER, SECOND), APPROVER)))
                .when(release(TODAY), Map.of(MatchingRequest.ACTOR, PUBLISHER))
                .expectEvents(new Released(QUARTER, SECOND));
    }

    private static GenericEventMessage<EditionEvent> event(EditionEvent event, String actor) {
        return new GenericEventMessage<>(event, Map.of(MatchingRequest.ACTOR, actor));
    }

    @Test
    void nothingIsReleasedBeforeTheDateThatWasAnnounced() {
        assertBroken(when(release(DUE.minusDays(1)), SCHEDULED, PREVIEWED), Rule.NOT_DUE, "");
        assertBroken(when(release(DUE), SCHEDULED, RESCHEDULED, PREVIEWED), Rule.NOT_DUE, "");
        when(release(LATER), SCHEDULED, RESCHEDULED, PREVIEWED).expectEvents(RELEASED);
    }

    // Revised

    @Test
    void aRevisionIsPreviewedAndReleasedLikeTheFirst() {
        when(APPROVER, revise(GROUNDS, SECOND), UNTIL_RELEASE)
                .expectEvents(REVISION_PREVIEWED)
                .expectResultMessagePayload(new Recorded(state(and(UNTIL_RELEASE, REVISION_PREVIEWED)), 3, false));
        when(APPROVER, release(TODAY), and(UNTIL_RELEASE, REVISION_PREVIEWED))
                .expectEvents(REVISED)
                .expectResultMessagePayload(new Recorded(state(UNTIL_REVISION), 4, false));
        when(APPROVER, revise(GROUNDS, THIRD), UNTIL_REVISION)
                .expectEvents(new RevisionPreviewed(QUARTER, 3, GROUNDS, THIRD));
        when(APPROVER, release(TODAY), and(UNTIL_REVISION, new RevisionPreviewed(QUARTER, 3, GROUNDS, THIRD)))
                .expectEvents(new Revised(QUARTER, 3, GROUNDS, THIRD));
    }

    @Test
    void aRevisionPreviewedAgainIsTheSame() {
        List<EditionEvent> previewed = and(UNTIL_RELEASE, REVISION_PREVIEWED);
        Grounds others =
                new Grounds(RevisionKind.SCHEDULED_REVISION, Cause.LATE_INFORMATION, Decider.HEAD_OF_PROFESSION, TODAY);

        when(APPROVER, revise(GROUNDS, SECOND), previewed)
                .expectNoEvents()
                .expectResultMessagePayload(new Recorded(state(previewed), 3, false));
        when(APPROVER, revise(others, SECOND), previewed)
                .expectEvents(new RevisionPreviewed(QUARTER, 2, others, SECOND));
        when(APPROVER, revise(GROUNDS, THIRD), previewed)
                .expectEvents(new RevisionPreviewed(QUARTER, 2, GROUNDS, THIRD));
        when(APPROVER, release(TODAY), UNTIL_REVISION)
                .expectNoEvents()
                .expectResultMessagePayload(new Recorded(state(UNTIL_REVISION), 4, false));
    }

    @Test
    void nothingIsRevisedBeforeTheRelease() {
        assertConflict(when(revise(GROUNDS, SECOND), SCHEDULED), Reason.OUT_OF_TURN);
        assertConflict(when(revise(GROUNDS, SECOND), SCHEDULED, PREVIEWED), Reason.OUT_OF_TURN);
    }

    @Test
    void aRevisionIsNotReleasedBeforeUsersAreTold() {
        Grounds tomorrow =
                new Grounds(RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.MINISTER, TODAY.plusDays(1));
        List<EditionEvent> previewed = and(UNTIL_RELEASE, new RevisionPreviewed(QUARTER, 2, tomorrow, SECOND));

        when(APPROVER, revise(tomorrow, SECOND), UNTIL_RELEASE).expectEvents(previewed.getLast());
        assertBroken(when(APPROVER, release(TODAY), previewed), Rule.NOT_DUE, "");
        when(APPROVER, release(TODAY.plusDays(1)), previewed).expectEvents(new Revised(QUARTER, 2, tomorrow, SECOND));
    }

    @Test
    void aRevisionThatShowsNothingElseIsNone() {
        Content elsewhere = content(70, "a", "b");
        Content figures = content(70, "c", "b");
        Content table = content(70, "a", "d");

        assertBroken(when(APPROVER, revise(GROUNDS, FIRST), UNTIL_RELEASE), Rule.NOTHING_TO_CORRECT, "");
        assertBroken(when(APPROVER, revise(GROUNDS, elsewhere), UNTIL_RELEASE), Rule.NOTHING_TO_CORRECT, "");
        assertBroken(
                when(APPROVER, revise(GROUNDS, content(70, "c", "d")), UNTIL_REVISION), Rule.NOTHING_TO_CORRECT, "");
        when(APPROVER, revise(GROUNDS, figures), UNTIL_RELEASE)
                .expectEvents(new RevisionPreviewed(QUARTER, 2, GROUNDS, figures));
        when(APPROVER, revise(GROUNDS, table), UNTIL_RELEASE)
                .expectEvents(new RevisionPreviewed(QUARTER, 2, GROUNDS, table));
        when(APPROVER, revise(GROUNDS, elsewhere), UNTIL_REVISION)
                .expectEvents(new RevisionPreviewed(QUARTER, 3, GROUNDS, elsewhere));
    }

    // Versions

    /** Each order that would change something, after what makes it possible. */
    static List<List<Object>> changes() {
        return List.of(
                List.of(schedule(LATER), List.of(SCHEDULED)),
                List.of(reschedule(LATER), List.of(SCHEDULED)),
                List.of(preview(FIRST), List.of(SCHEDULED)),
                List.of(release(TODAY), List.of(SCHEDULED, PREVIEWED)),
                List.of(revise(GROUNDS, SECOND), UNTIL_RELEASE),
                List.of(release(TODAY), and(UNTIL_RELEASE, REVISION_PREVIEWED)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    @SuppressWarnings("unchecked") // as changes() has them
    void anotherVersionThanTheCallerKnowsIsStale(List<Object> change) {
        EditionCommand command = (EditionCommand) change.getFirst();
        List<EditionEvent> given = (List<EditionEvent>) change.getLast();
        long newest = given.size() - 1L;

        when(APPROVER, withVersion(command, Set.of(newest + 1)), given)
                .expectNoEvents()
                .expectException(Refused.StaleVersion.class);
        when(APPROVER, withVersion(command, Set.of()), given)
                .expectNoEvents()
                .expectException(Refused.StaleVersion.class);
        if (!(command instanceof ScheduleEdition)) {
            when(APPROVER, withVersion(command, Set.of(99L, newest)), given).expectSuccessfulHandlerExecution();
        }
    }

    @Test
    void whatIsNotAnnouncedHasNoVersion() {
        when(withVersion(schedule(DUE), Set.of(0L))).expectNoEvents().expectException(Refused.StaleVersion.class);
    }

    private static EditionCommand withVersion(EditionCommand command, Set<Long> versions) {
        Occasion known = on(TODAY, versions);
        return switch (command) {
            case ScheduleEdition(var quarter, var releaseOn, var profile, var occasion) ->
                new ScheduleEdition(quarter, releaseOn, profile, known);
            case RescheduleEdition(var quarter, var releaseOn, var reason, var occasion) ->
                new RescheduleEdition(quarter, releaseOn, reason, known);
            case PreviewEdition(var quarter, var content, var occasion) -> new PreviewEdition(quarter, content, known);
            case PreviewRevision(var quarter, var grounds, var content, var occasion) ->
                new PreviewRevision(quarter, grounds, content, known);
            case ReleaseEdition(var quarter, var occasion) -> new ReleaseEdition(quarter, known);
        };
    }

    @Test
    void nothingHappensToWhatIsNotAnnounced() {
        for (EditionCommand command :
                List.of(reschedule(LATER), preview(FIRST), revise(GROUNDS, SECOND), release(TODAY))) {
            when(command).expectNoEvents().expectException(AggregateNotFoundException.class);
        }
    }

    // State

    @Test
    void aStatusFollowsFromTheEvents() {
        List<EditionEvent> told = new ArrayList<>();
        List<String> reached = new ArrayList<>();
        for (EditionEvent event : and(UNTIL_REVISION, new RevisionPreviewed(QUARTER, 3, GROUNDS, THIRD))) {
            told.add(event);
            EditionState state = state(told);
            reached.add(state.status().code() + " " + state.isReleased());
        }

        assertThat(reached)
                .containsExactly(
                        "SCHEDULED false",
                        "PREVIEWED false",
                        "RELEASED true",
                        "RELEASED true",
                        "REVISED true",
                        "REVISED true");
    }

    @Test
    void everyReleaseIsKept() {
        EditionState state = state(and(UNTIL_REVISION, new RevisionPreviewed(QUARTER, 3, GROUNDS, THIRD)));
        Revision first = new Revision(1, null, FIRST, 2);
        Revision second = new Revision(2, GROUNDS, SECOND, 4);

        assertThat(state.revisions()).containsExactly(first, second);
        assertThat(state.newest()).contains(second);
        assertThat(state.revision(1)).contains(first);
        assertThat(state.revision(2)).contains(second);
        assertThat(state.revision(0)).isEmpty();
        assertThat(state.revision(3)).as("not released").isEmpty();
        assertThat(state.revision(-1)).isEmpty();
        assertThat(state.preview()).isEqualTo(new Revision(3, GROUNDS, THIRD, 5));
        assertThat(state(SCHEDULED).newest()).isEmpty();
        assertThat(state(UNTIL_REVISION).preview()).isNull();
    }

    @Test
    void nothingComesBeforeItIsAnnounced() {
        assertThatThrownBy(() -> EditionState.after(null, PREVIEWED, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void contentIsCoveredByItsCheckpointAndHasFiles() {
        List<PublishedFile> files = FIRST.files();
        Sha256 figures = FIRST.figures();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Content(34, new Content.TreeHead(34, ""), "edition/1", Profile.EXACT, figures, files));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Content(-1, new Content.TreeHead(34, ""), "edition/1", Profile.EXACT, figures, files));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Content(33, new Content.TreeHead(34, ""), "edition/1", Profile.EXACT, figures, List.of()));
        for (String name : List.of("", "a b.csv", "../a", "a/b", ".csv", "1.csv", "a_b", "a".repeat(101))) {
            assertThatIllegalArgumentException().as(name).isThrownBy(() -> new PublishedFile(name, 1, figures));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new PublishedFile("a", -1, figures));
        for (String hex : List.of("", "a".repeat(63), "A".repeat(64), "g".repeat(64))) {
            assertThatIllegalArgumentException().as(hex).isThrownBy(() -> new Sha256(hex));
        }
    }
}
