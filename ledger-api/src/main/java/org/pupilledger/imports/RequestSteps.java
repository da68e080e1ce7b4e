package org.pupilledger.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Rule;
import org.pupilledger.imports.Imported.Awaits;
import org.pupilledger.imports.Imported.Line;
import org.pupilledger.imports.Imported.Outcome;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.refusal.Refused;
import org.pupilledger.register.States;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.MatchingRequest.Recorded;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestRules;
import org.pupilledger.request.RequestState;
import org.pupilledger.request.Stage;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.ContentClaims;
import org.pupilledger.values.RequestId;

/**
 * Takes a request from step to step, as far as its line tells and whoever imports may go. Each step is the command that a
 * caller would give, refused alike; what was told before, as it was first told, is passed over.
 *
 * @param told requests as they were first told
 */
record RequestSteps(
        Commands commands,
        ContentClaims contents,
        States<RequestEvent, RequestState> told,
        Officer officer,
        Tally tally) {
    private static final String REQUEST = "request";

    /** Records a live request where it is not recorded yet, and takes it further. */
    Line live(RequestLine line) {
        List<String> taken = new ArrayList<>();
        @Nullable String id = null;
        try {
            id = holder(line);
            if (id == null) {
                Author recorder = officer.needRecorder();
                // as a whole, so that nothing is recorded of a line that contradicts itself
                RequestRules.check(
                        null, RequestState.of(line.told()), line.told().occasion());
                id = line.told().id().toString();
                send(id, line.asked(), recorder);
                taken.add(REQUEST);
            }
        } catch (InvalidInput | Refused e) {
            return Line.refused(line.number(), Column.named(e, RequestColumns.Columns.values()));
        }
        return take(line, id, taken);
    }

    /** Takes a historic request further, where its line tells that it went on. */
    Line after(Line outcome, RequestLine line) {
        @Nullable String id = outcome.id();
        return id == null || line.later().isEmpty()
                ? outcome
                : take(line, id, outcome.outcome() == Outcome.RECORDED ? List.of(REQUEST) : List.of());
    }

    private Line take(RequestLine line, String id, List<String> before) {
        List<String> taken = new ArrayList<>(before);
        RequestState state = told.committed(id).orElseThrow();
        for (Stage stage : line.later()) {
            AgreementOverride override =
                    stage instanceof Stage.Decision ? line.told().override() : null;
            if (isTold(state, stage, override)) {
                continue;
            }
            Author author = officer.of(stage);
            if (author == null) {
                return line(line, id, taken, new Awaits(name(stage), Officer.role(stage), null), null);
            }
            try {
                Occasion now = line.told().occasion();
                send(id, new RecordStage(new RequestId(UUID.fromString(id)), stage, override, now), author);
                taken.add(name(stage));
            } catch (Refused e) {
                return isOwn(e)
                        ? line(
                                line,
                                id,
                                taken,
                                new Awaits(name(stage), Officer.role(stage), Rule.SAME_OFFICER.code()),
                                null)
                        : line(
                                line,
                                id,
                                taken,
                                null,
                                Column.named(e, "/" + name(stage), RequestColumns.Columns.values()));
            }
        }
        return line(line, id, taken, null, null);
    }

    private static boolean isTold(RequestState state, Stage stage, @Nullable AgreementOverride override) {
        Stage before = state.told(stage);
        return before != null
                && stage.saysAs(before)
                && (!(stage instanceof Stage.Decision) || Objects.equals(state.override(), override));
    }

    private static boolean isOwn(Refused refused) {
        return refused instanceof Refused.RuleBroken broken
                && broken.violations().stream().allMatch(violation -> violation.rule() == Rule.SAME_OFFICER);
    }

    private static Line line(
            RequestLine line, String id, List<String> taken, @Nullable Awaits awaits, @Nullable RuntimeException why) {
        Outcome outcome = why != null ? Outcome.REFUSED : taken.isEmpty() ? Outcome.ALREADY_RECORDED : Outcome.RECORDED;
        return new Line(line.number(), outcome, id, taken, awaits, why);
    }

    private void send(String id, RequestCommand command, Author author) {
        Recorded recorded = commands.send(command, author);
        tally.recorded(id, recorded.sequence());
    }

    /**
     * The request that was recorded with these references and the rest of what the line says was asked.
     *
     * @throws Refused.DuplicateReference a reference belongs to another
     */
    private @Nullable String holder(RequestLine line) {
        Map<String, String> holders = contents.holders(line.references());
        if (holders.isEmpty()) {
            return null;
        }
        Set<String> ids = new HashSet<>(holders.values());
        String id = ids.iterator().next();
        Optional<RequestState> state = told.committed(id);
        if (ids.size() > 1
                || holders.size() < line.references().size()
                || state.isEmpty()
                || !isSame(line.asked(), state.get())) {
            throw new Refused.DuplicateReference();
        }
        return id;
    }

    private static boolean isSame(RecordRequest asked, RequestState state) {
        RecordRequest before = new RecordRequest(asked.id(), state.ask(), null, null, null, null, asked.occasion());
        return Arrays.equals(ContentClaims.digest(asked), ContentClaims.digest(before));
    }

    private static String name(Stage stage) {
        return stage.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
