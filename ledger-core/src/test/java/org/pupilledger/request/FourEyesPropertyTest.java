package org.pupilledger.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.axonframework.eventhandling.EventMessage;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Refused;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.Submitted;

/** In whatever order whichever officers work, nobody changes alone what they recorded, and nobody else is held up. */
class FourEyesPropertyTest {
    private static final List<String> OFFICERS = List.of("ann", "ben", "cleo", "dan");
    private static final int STEPS = 25;

    /** Without rows, so that any number of people adds up. */
    private static final Ask LIVE = Samples.with(
            Samples.LIVE,
            "submitted",
            new Submitted(
                    Individuals.of(2_461),
                    Samples.LIVE.submitted().items(),
                    Individuals.notStated(),
                    Individuals.notStated(),
                    Individuals.notStated()));

    /** Each has values that break no rule, whatever the others have. */
    private static final List<Field> CORRECTED = List.of(
            Field.REFERENCES,
            Field.GATEWAY,
            Field.SUBMITTED_INDIVIDUALS,
            Field.MATCHED,
            Field.AMBIGUOUS,
            Field.ANSWERED,
            Field.RETURNED,
            Field.DESTRUCTION_METHOD);

    /** One event, and whose it is. */
    private record Recorded(RequestEvent event, String actor) {}

    private final List<Recorded> recorded = new ArrayList<>();
    private RequestsInMemory requests = new RequestsInMemory(this::take);

    /** The same object serves every try. */
    private void startAnew() {
        recorded.clear();
        requests = new RequestsInMemory(this::take);
    }

    private void take(EventMessage<?> event) {
        recorded.add(new Recorded((RequestEvent) event.getPayload(), Objects.requireNonNull((String)
                event.getMetaData().get(MatchingRequest.ACTOR))));
    }

    @Property(tries = 300)
    void nobodyChangesAloneWhatTheyRecorded(@ForAll Random random) {
        startAnew();
        boolean isHistoric = random.nextInt(4) == 0;
        requests.send(Samples.record(isHistoric ? Samples.HISTORIC : LIVE), officer(random));
        for (int i = 0; i < STEPS; i++) {
            String actor = officer(random);
            RequestCommand command = switch (random.nextInt(8)) {
                case 0, 1 -> stage(random);
                case 2 -> new RequestCommand.DiscloseFurther(Samples.ID, Samples.FURTHER, Samples.occasion());
                case 3 -> ofReference(random);
                default -> changing(random);
            };
            List<Recorded> before = List.copyOf(recorded);
            boolean isOwn = isOwn(actor, command, before);
            Throwable refusal = requests.send(command, actor);
            boolean isForFourEyes = refusal instanceof Refused.RuleBroken broken
                    && broken.violations().stream().anyMatch(one -> one.rule() == Rule.SAME_OFFICER);

            if (isOwn) {
                assertThat(recorded).as("%s after %s", command, before).isEqualTo(before);
            } else {
                assertThat(isForFourEyes).as("%s after %s", command, before).isFalse();
            }
        }
    }

    private static String officer(Random random) {
        return OFFICERS.get(random.nextInt(OFFICERS.size()));
    }

    private static RequestCommand stage(Random random) {
        List<Stage> stages =
                List.of(Samples.APPROVAL, Samples.MATCH, Samples.DISCLOSURE, Samples.DESTRUCTION, Samples.CLOSURE);
        return Samples.stage(stages.get(random.nextInt(stages.size())));
    }

    private static RequestCommand ofReference(Random random) {
        Reference reference = new Reference("2024-000020" + random.nextInt(3));
        return random.nextBoolean()
                ? new RequestCommand.AddReference(Samples.ID, reference, Samples.occasion())
                : new RequestCommand.RefuseReference(
                        Samples.ID,
                        new RefusedReference(reference, Samples.date("2024-03-04"), null),
                        Samples.occasion());
    }

    private RequestCommand changing(Random random) {
        if (random.nextInt(12) == 0) {
            return Samples.annul(Cause.OTHER);
        }
        RequestState now = state();
        List<Change> changes = new ArrayList<>();
        for (Field field : CORRECTED) {
            if (field.isIn(now) && random.nextInt(3) == 0) {
                changes.add(new Change(field, field.get(now), other(field, random)));
            }
        }
        return Samples.correct(changes.toArray(new Change[0]));
    }

    private static Object other(Field field, Random random) {
        long some = random.nextInt(3);
        if (field == Field.REFERENCES) {
            return List.of("2024-000020" + some);
        }
        if (field == Field.GATEWAY) {
            return List.of("OTHER", "EA96-537A", "DWP-FUNC").get((int) some);
        }
        if (field == Field.DESTRUCTION_METHOD) {
            return List.of("RETURNED", "SECURE_ERASE").get((int) some % 2);
        }
        return switch (field) {
            case MATCHED -> 8 + some;
            case RETURNED -> 1 + some;
            case ANSWERED -> 4 + some;
            case AMBIGUOUS -> some;
            default -> 2_461 + some;
        };
    }

    private RequestState state() {
        return Samples.state(recorded.stream().map(Recorded::event).toList());
    }

    /** Told from the events alone: is one of the values that a command is about its author's own? */
    private static boolean isOwn(String actor, RequestCommand command, List<Recorded> before) {
        boolean isHistoric = received(before).ask().historic() != null;
        boolean isRecorder = !isHistoric && before.getFirst().actor().equals(actor);
        return switch (command) {
            case RequestCommand.RecordRequest request -> false;
            case RequestCommand.RecordStage stage ->
                stage.stage() instanceof Stage.Decision && (isRecorder || hasSomething(actor, isHistoric, before));
            case RequestCommand.CorrectRequest correction ->
                isRecorder
                        || correction.changes().stream()
                                .anyMatch(change -> recorders(change.field(), isHistoric, before)
                                                .contains(actor)
                                        || (change.field() == Field.REFERENCES && hasRefused(actor, before)));
            case RequestCommand.DiscloseFurther _, RequestCommand.AddReference _ -> false;
            case RequestCommand.RefuseReference refusal -> isRecorder || hasSomething(actor, isHistoric, before);
            case RequestCommand.AnnulRequest annulment ->
                isRecorder || hasSomething(actor, isHistoric, before) || hasRefused(actor, before);
        };
    }

    private static RequestEvent.Received received(List<Recorded> before) {
        return (RequestEvent.Received) before.getFirst().event();
    }

    private static boolean hasRefused(String actor, List<Recorded> before) {
        return before.stream()
                .anyMatch(one -> one.event() instanceof RequestEvent.ReferenceRefused
                        && one.actor().equals(actor));
    }

    private static boolean hasSomething(String actor, boolean isHistoric, List<Recorded> before) {
        return Stream.of(Field.values())
                .anyMatch(field -> recorders(field, isHistoric, before).contains(actor));
    }

    /** Whoever corrected it last, else whoever told it, and who handed over more since; nobody where a source did. */
    private static Set<String> recorders(Field field, boolean isHistoric, List<Recorded> before) {
        Set<String> recorders = new HashSet<>();
        for (Recorded one : before.reversed()) {
            boolean isCorrected = one.event() instanceof RequestEvent.Corrected corrected
                    && corrected.changes().stream().anyMatch(change -> change.field() == field);
            if (isCorrected || (!isHistoric && tells(one.event(), field.path()))) {
                recorders.add(one.actor());
                if (!(one.event() instanceof RequestEvent.DisclosedFurther)
                        && !(one.event() instanceof RequestEvent.ReferenceAdded)) {
                    return recorders;
                }
            }
        }
        return recorders;
    }

    private static boolean tells(RequestEvent event, String path) {
        return switch (event) {
            case RequestEvent.Received received -> !path.contains(".") || path.startsWith("submitted.");
            case RequestEvent.Decided decided ->
                path.startsWith("decision.")
                        && (!path.contains("courtOrder") || decided.decision().courtOrder() != null);
            case RequestEvent.Withdrawn withdrawn -> path.startsWith("withdrawal.");
            case RequestEvent.Matched matched -> path.startsWith("match.");
            case RequestEvent.Disclosed _, RequestEvent.DisclosedFurther _ -> path.startsWith("disclosure.");
            case RequestEvent.Destroyed destroyed -> path.startsWith("destruction.");
            case RequestEvent.Closed closed -> path.startsWith("closure.");
            case RequestEvent.ReferenceAdded added -> path.equals(Field.REFERENCES.path());
            case RequestEvent.ReferenceRefused refused -> false;
            case RequestEvent.OverrideRecorded overridden -> false;
            case RequestEvent.Corrected corrected -> false;
            case RequestEvent.Annulled annulled -> false;
        };
    }
}
