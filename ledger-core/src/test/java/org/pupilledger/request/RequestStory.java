package org.pupilledger.request;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Refused.Conflict;
import org.pupilledger.refusal.Refused.Incomplete;
import org.pupilledger.refusal.Refused.RuleBroken;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;

/** What was recorded, what is ordered and by whom, and what comes of it. */
final class RequestStory {
    static final String RECORDER = "8d3f0c6e";
    static final String APPROVER = "1b7a9e42";

    private final AggregateTestFixture<MatchingRequest> fixture = new AggregateTestFixture<>(MatchingRequest.class);
    private final List<EventMessage<?>> events;

    private RequestStory(List<EventMessage<?>> events) {
        this.events = events;
    }

    static RequestStory given(List<RequestEvent> events) {
        return new RequestStory(List.of()).and(RECORDER, events);
    }

    static RequestStory given(RequestEvent... events) {
        return given(List.of(events));
    }

    /** What somebody else recorded after it. */
    RequestStory and(String actor, RequestEvent... further) {
        return and(actor, List.of(further));
    }

    private RequestStory and(String actor, List<RequestEvent> further) {
        Map<String, Object> metadata = Map.of(MatchingRequest.ACTOR, actor);
        return new RequestStory(Stream.<EventMessage<?>>concat(
                        events.stream(), further.stream().map(event -> new GenericEventMessage<>(event, metadata)))
                .toList());
    }

    /** Ordered by the officer who may: the recorder records, another decides, corrects and annuls. */
    ResultValidator<MatchingRequest> when(RequestCommand command) {
        boolean isRecording = command instanceof RecordRequest
                || (command instanceof RecordStage(var id, Stage stage, var override, var occasion)
                        && !(stage instanceof Stage.Decision));
        return when(isRecording ? RECORDER : APPROVER, command);
    }

    ResultValidator<MatchingRequest> when(String actor, RequestCommand command) {
        Map<String, Object> metadata = Map.of(MatchingRequest.ACTOR, actor);
        if (events.isEmpty()) {
            return fixture.givenNoPriorActivity().when(command, metadata);
        }
        return fixture.given(events).when(command, metadata);
    }

    static void assertBroken(ResultValidator<MatchingRequest> result, Rule rule, String pointer) {
        assertBroken(result, new Violation(rule, pointer));
    }

    static void assertBroken(ResultValidator<MatchingRequest> result, Violation... violations) {
        result.expectNoEvents()
                .expectException(RuleBroken.class)
                .expectException(that(
                        "rules broken " + List.of(violations),
                        refusal -> refusal instanceof RuleBroken broken
                                && broken.violations().equals(List.of(violations))));
    }

    static void assertIncomplete(ResultValidator<MatchingRequest> result, String... pointers) {
        result.expectNoEvents()
                .expectException(that(
                        "incomplete at " + List.of(pointers),
                        refusal -> refusal instanceof Incomplete incomplete
                                && incomplete.pointers().equals(List.of(pointers))));
    }

    static void assertConflict(ResultValidator<MatchingRequest> result, Conflict.Reason reason) {
        result.expectNoEvents()
                .expectException(that(
                        "conflict " + reason,
                        refusal -> refusal instanceof Conflict conflict && conflict.reason() == reason));
    }

    static Matcher<Throwable> that(String description, Predicate<Object> isMet) {
        return new BaseMatcher<>() {
            @Override
            public boolean matches(Object refusal) {
                return isMet.test(refusal);
            }

            @Override
            public void describeTo(Description text) {
                text.appendText(description);
            }

            @Override
            public void describeMismatch(Object refusal, Description text) {
                text.appendText(
                        refusal instanceof RuleBroken broken
                                ? broken.violations().toString()
                                : "" + refusal);
            }
        };
    }
}
