package org.pupilledger.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.AgreementPart;
import org.pupilledger.agreement.ApprovalPanel;
import org.pupilledger.agreement.EndEvidence;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.RouteReason;
import org.pupilledger.agreement.SuspensionReason;
import org.pupilledger.agreement.VersionStatus;
import org.pupilledger.codes.Awaiting;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.codes.Status;
import org.pupilledger.coverage.CoverageState;
import org.pupilledger.coverage.Coverages;
import org.pupilledger.editions.ChangeKind;
import org.pupilledger.figures.Cut;
import org.pupilledger.organisation.Category;
import org.pupilledger.publication.EditionStatus;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.RescheduleReason;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Conflict;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.Standing;
import org.pupilledger.statement.Unit;

/** Every list of codes that the interface takes or answers, by name. */
public final class CodeLists {
    private static final List<Listed> ALL = List.of(
            new Listed("purpose", "What the data are asked for", Purpose.class),
            new Listed("gateway", "The power under which data may be shared", Gateway.class),
            new Listed("lawful-basis", "The ground in Article 6 of the UK GDPR", LawfulBasis.class),
            new Listed("item", "A data item that is submitted or returned", Item.class),
            new Listed("return-level", "The most that was returned about a request", ReturnLevel.class),
            new Listed("outcome", "The latest outcome of a request", Outcome.class),
            new Listed("status", "The stage that a request has reached", Status.class),
            new Listed("awaiting", "What a request awaits", Awaiting.class),
            new Listed("nil-reason", "Why nothing was returned", NilReason.class),
            new Listed("refusal-reason", "Why a request was refused", RefusalReason.class),
            new Listed("destruction-method", "How the submitted file was destroyed", DestructionMethod.class),
            new Listed("source", "Where a historic request or a total was found", Source.class),
            new Listed("cause", "Why something was corrected or annulled", Cause.class),
            new Listed("decider", "The role in which somebody answers for a decision", Decider.class),
            new Listed("organisation-category", "The sheet to which an organisation belongs", Category.class),
            new Listed("coverage", "How far the record of a period is complete", Coverages.Extent.class),
            new Listed("coverage-standing", "How far a declaration has come", CoverageState.Standing.class),
            new Listed("agreement-level", "Where an agreement stands", AgreementLevel.class),
            new Listed(
                    "agreement-standing",
                    "Whether an agreement is in force, or why not",
                    org.pupilledger.agreement.Standing.class),
            new Listed("agreement-part", "What of an agreement is corrected", AgreementPart.class),
            new Listed("version-status", "How the register has a version", VersionStatus.class),
            new Listed("party-role", "In what role an organisation is in an agreement", PartyRole.class),
            new Listed("access-route", "How the data are reached", AccessRoute.class),
            new Listed("route-reason", "Why they are reached so", RouteReason.class),
            new Listed("approval-panel", "Whether a panel approved", ApprovalPanel.class),
            new Listed("suspension-reason", "Why an agreement is suspended", SuspensionReason.class),
            new Listed("end-evidence", "What shows that the data are no longer held", EndEvidence.class),
            new Listed("edition-status", "How far an edition has come", EditionStatus.class),
            new Listed("profile", "How figures are guarded against disclosure", Profile.class),
            new Listed("revision-kind", "Whether a revision was planned", RevisionKind.class),
            new Listed("reschedule-reason", "Why another date was announced", RescheduleReason.class),
            new Listed("change-kind", "How a figure is another one than before", ChangeKind.class),
            new Listed("cut", "By what rows are cut", Cut.class),
            new Listed("channel", "Where a figure was told", Channel.class),
            new Listed("measure", "What a figure that was told counts", PublishedMeasure.class),
            new Listed("unit", "What a measure counts in", Unit.class),
            new Listed("stale-reason", "Why what was told is not right any more", Standing.Reason.class),
            new Listed("conflict-kind", "How statements contradict each other", Conflict.Kind.class));

    private static final Map<Class<?>, Listed> BY_CLASS =
            ALL.stream().collect(Collectors.toMap(Listed::type, listed -> listed));

    private record Listed(String name, String description, Class<? extends Code> type) {
        CodeList list() {
            return new CodeList(
                    name,
                    description,
                    Code.all(type).stream()
                            .map(code -> new Coded(
                                    code.code(), code.label(), code.source().orElse(null)))
                            .toList());
        }
    }

    /** A list of codes, in its order. */
    public record CodeList(String name, String description, List<Coded> codes) {
        /** What the description of the interface calls it: {@code LawfulBasisCode}. */
        public String schema() {
            StringBuilder schema = new StringBuilder();
            for (String word : name.split("-", -1)) {
                schema.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
            return schema.append("Code").toString();
        }
    }

    /**
     * A code.
     *
     * @param label  as a person reads it
     * @param source address of what says what it is, such as the law that it names; null for none
     */
    public record Coded(String code, String label, @Nullable String source) {}

    private CodeLists() {}

    /** All of them, those that a rule's breach is told by last. */
    public static List<CodeList> all() {
        List<CodeList> all = new ArrayList<>();
        ALL.forEach(listed -> all.add(listed.list()));
        all.add(new CodeList(
                "rule",
                "Which rule refuses what was asked",
                List.of(Rule.values()).stream()
                        .map(rule -> new Coded(rule.code(), rule.detail(), null))
                        .toList()));
        return List.copyOf(all);
    }

    /** The list whose values a class has; null where it is none. */
    static @Nullable CodeList of(Class<?> type) {
        Listed listed = BY_CLASS.get(type);
        return listed == null ? null : listed.list();
    }
}
