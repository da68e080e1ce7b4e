package org.pupilledger.figures;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Outcome;
import org.pupilledger.figures.Content.Part;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.Placement;
import org.pupilledger.request.Change;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand.AddReference;
import org.pupilledger.request.RequestCommand.AnnulRequest;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.DiscloseFurther;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.RequestCommand.RefuseReference;
import org.pupilledger.request.Stage;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.RequestId;

/**
 * One request from its receipt to the last that is recorded of it.
 *
 * @param contents    what was believed of it, one after the other; each but the first is a correction
 * @param told        the steps that it takes, in order
 * @param further     what is handed over after the last step; null for nothing
 * @param late        a reference that comes after the others; null for none
 * @param alone       one of the references, or the late one, that is refused alone; null for none
 * @param toldAtOnce  how many of them are recorded with the request itself; none of a live one
 * @param isAnnulled  whether all of it turns out to be a mistake
 */
public record Life(
        UUID id,
        boolean isHistoric,
        List<Content> contents,
        List<Step> told,
        Stage.@Nullable Disclosure further,
        @Nullable Reference late,
        @Nullable Reference alone,
        int toldAtOnce,
        boolean isAnnulled) {
    static final LocalDate INCEPTION = LocalDate.of(2020, 1, 1);

    private static final BusinessDate LATER = BusinessDate.of(LocalDate.of(2025, 12, 1));
    private static final Map<String, Category> ORGANISATIONS = Map.of(
            "DWP", Category.OTHER_GOVERNMENT,
            "HOME_OFFICE", Category.HOME_OFFICE,
            "POLICE", Category.POLICE);
    private static final Occasion OCCASION =
            new Occasion(LocalDate.of(2026, 1, 1), INCEPTION, Life::organisation, reference -> Optional.empty(), null);

    enum Step {
        APPROVAL,
        REFUSAL,
        WITHDRAWAL,
        MATCH,
        DISCLOSURE,
        DESTRUCTION,
        CLOSURE
    }

    /** The same request, had everything been right from the beginning. */
    Life rightAtOnce() {
        return new Life(
                id, isHistoric, List.of(contents.getLast()), told, further, late, alone, toldAtOnce, isAnnulled);
    }

    /** The same request, as though it were no mistake. */
    Life notAnnulled() {
        return new Life(id, isHistoric, contents, told, further, late, alone, toldAtOnce, false);
    }

    public void recordIn(Casework casework) {
        int believed = 0;
        Part reached = Part.ASK;
        List<Step> first = told.subList(0, toldAtOnce);
        casework.record(new RecordRequest(
                new RequestId(id),
                contents.getFirst().ask(isHistoric),
                (Stage.Decision) stage(first, Step.REFUSAL, stage(first, Step.APPROVAL, null)),
                (Stage.Withdrawal) stage(first, Step.WITHDRAWAL, null),
                (Stage.Match) stage(first, Step.MATCH, null),
                (Stage.Disclosure) stage(first, Step.DISCLOSURE, null),
                OCCASION));
        if (late != null) {
            casework.record(new AddReference(new RequestId(id), late, OCCASION));
        }
        if (alone != null) {
            casework.decide(new RefuseReference(new RequestId(id), new RefusedReference(alone, LATER, null), OCCASION));
        }
        for (int i = 0; i < told.size(); i++) {
            if (i >= toldAtOnce) {
                believed = believe(casework, believed, i, reached);
                RecordStage step =
                        new RecordStage(new RequestId(id), stage(told.get(i), contents.get(believed)), OCCASION);
                if (step.stage() instanceof Stage.Decision) {
                    casework.decide(step);
                } else {
                    casework.record(step);
                }
            }
            reached = reached(told.get(i), reached);
        }
        if (further != null) {
            casework.record(new DiscloseFurther(new RequestId(id), further, OCCASION));
        }
        while (believed < contents.size() - 1) {
            correct(casework, contents.get(believed), contents.get(++believed), reached);
        }
        if (isAnnulled) {
            casework.decide(new AnnulRequest(new RequestId(id), Cause.OTHER, null, OCCASION));
        }
    }

    /** Spreads the corrections over the steps. */
    private int believe(Casework casework, int believed, int step, Part reached) {
        int now = Math.max(believed, contents.size() * step / (told.size() + 1));
        for (int i = believed; i < now; i++) {
            correct(casework, contents.get(i), contents.get(i + 1), reached);
        }
        return now;
    }

    private void correct(Casework casework, Content was, Content now, Part reached) {
        List<Change> changes = was.changesTo(now, reached);
        if (!changes.isEmpty()) {
            casework.decide(new CorrectRequest(new RequestId(id), changes, Cause.RECOUNT, null, OCCASION));
        }
    }

    private static Part reached(Step step, Part before) {
        return switch (step) {
            case MATCH -> Part.MATCH;
            case DISCLOSURE -> Part.DISCLOSURE;
            case APPROVAL, REFUSAL, WITHDRAWAL, DESTRUCTION, CLOSURE -> before;
        };
    }

    private @Nullable Stage stage(List<Step> steps, Step step, @Nullable Stage otherwise) {
        return steps.contains(step) ? stage(step, contents.getFirst()) : otherwise;
    }

    private static Stage stage(Step step, Content content) {
        return switch (step) {
            case APPROVAL -> new Stage.Decision(Outcome.APPROVED, LATER, null, null);
            case REFUSAL -> new Stage.Decision(Outcome.REFUSED, LATER, null, null);
            case WITHDRAWAL -> new Stage.Withdrawal(LATER);
            case MATCH -> content.match(LATER);
            case DISCLOSURE -> content.disclosure(LATER);
            case DESTRUCTION -> new Stage.Destruction(LATER, DestructionMethod.SECURE_ERASE);
            case CLOSURE -> new Stage.Closure(LATER);
        };
    }

    public static Map<OrganisationCode, Placement> organisations() {
        Map<OrganisationCode, Placement> organisations = new HashMap<>();
        ORGANISATIONS.forEach(
                (code, category) -> organisations.put(new OrganisationCode(code), new Placement(category, null)));
        return organisations;
    }

    private static Optional<OrganisationProfile> organisation(OrganisationCode code) {
        return Optional.ofNullable(ORGANISATIONS.get(code.value()))
                .map(category -> new OrganisationProfile(code.value(), category, null));
    }
}
