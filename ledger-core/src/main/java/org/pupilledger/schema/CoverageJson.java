package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.ORGANISATION;
import static org.pupilledger.schema.Values.SOURCE_REFERENCE;
import static org.pupilledger.schema.Values.code;
import static org.pupilledger.schema.Values.month;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.coverage.CoverageEvent.Declared;
import org.pupilledger.coverage.CoverageEvent.ProposalDropped;
import org.pupilledger.coverage.CoverageEvent.Proposed;
import org.pupilledger.coverage.CoverageEvent.WithdrawalProposed;
import org.pupilledger.coverage.CoverageEvent.Withdrawn;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.coverage.Declaration;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.SourceReference;

/** Facts about what is covered as JSON. */
final class CoverageJson {
    private static final Form<YearMonth> MONTH = month("not a month");
    private static final Form<Cause> CAUSE = code(Cause.class);

    private static final Form<Declaration> DECLARATION = Shape.of(
            CoverageJson::declaration,
            member("organisation", ORGANISATION, told -> told.months().organisation()),
            member("from", MONTH, told -> told.months().from()),
            orNull("to", MONTH, told -> told.months().to()),
            orNull("source", code(Source.class), Declaration::source),
            orNull("reference", SOURCE_REFERENCE, Declaration::reference));

    static final Form<Proposed> PROPOSED =
            Shape.of(Proposed::new, member("declaration", DECLARATION, Proposed::declaration));
    static final Form<Declared> DECLARED =
            Shape.of(Declared::new, member("declaration", DECLARATION, Declared::declaration));
    static final Form<WithdrawalProposed> WITHDRAWAL_PROPOSED = Shape.of(
            WithdrawalProposed::new,
            member("declaration", DECLARATION, WithdrawalProposed::declaration),
            member("cause", CAUSE, WithdrawalProposed::cause),
            orNull("authority", SOURCE_REFERENCE, WithdrawalProposed::authority));
    static final Form<Withdrawn> WITHDRAWN = Shape.of(
            Withdrawn::new,
            member("declaration", DECLARATION, Withdrawn::declaration),
            member("cause", CAUSE, Withdrawn::cause),
            orNull("authority", SOURCE_REFERENCE, Withdrawn::authority));
    static final Form<ProposalDropped> PROPOSAL_DROPPED =
            Shape.of(ProposalDropped::new, member("declaration", DECLARATION, ProposalDropped::declaration));

    private CoverageJson() {}

    private static Declaration declaration(
            OrganisationCode organisation,
            YearMonth from,
            @Nullable YearMonth to,
            @Nullable Source source,
            @Nullable SourceReference reference) {
        return new Declaration(new CoveredMonths(organisation, from, to), source, reference);
    }
}
