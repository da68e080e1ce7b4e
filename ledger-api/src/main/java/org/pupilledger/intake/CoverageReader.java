package org.pupilledger.intake;

import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.coverage.CoverageCommand.ProposeCoverage;
import org.pupilledger.coverage.CoverageCommand.WithdrawCoverage;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.coverage.Declaration;
import org.pupilledger.intake.CoverageInput.CoverageWithdrawalInput;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.reading.Queries;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.SourceReference;

/**
 * Turns what was typed about coverage into a command. All readers refuse alike: with {@link PersonalDataFound} what must not
 * be kept, with {@link InvalidInput} a wrong form, with {@code Refused.RuleBroken} an unknown code.
 */
public final class CoverageReader {
    private static final String MONTH = "A month is written 2018-04.";

    private CoverageReader() {}

    public static ProposeCoverage proposal(CoverageInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        OrganisationCode organisation = form.organisation(input.organisation(), "/organisation");
        YearMonth from = form.required(input.from(), Queries::month, YearMonth.from(occasion.today()), "/from", MONTH);
        YearMonth to = form.parsed(input.to(), Queries::month, "/to", MONTH);
        Source source = form.optional(Source.class, input.source(), "/source");
        SourceReference reference = form.sourceReference(input.reference(), "/reference");
        if (input.source() == null && reference != null) {
            form.flaw("/reference", Form.MALFORMED, "A reference is that of a source.");
        }
        form.failOnFlaws();
        boolean isInOrder = to == null || !to.isBefore(from);
        if (!isInOrder) {
            form.addAll(List.of(new Violation(Rule.DATES_OUT_OF_ORDER, "/to")));
        }
        form.failOnViolations();
        return new ProposeCoverage(
                new Declaration(new CoveredMonths(organisation, from, to), source, reference), occasion);
    }

    /** @param id of the declaration */
    public static WithdrawCoverage withdrawal(String id, CoverageWithdrawalInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        Cause cause = form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        @Nullable SourceReference authority = form.sourceReference(input.authority(), "/authority");
        form.fail();
        return new WithdrawCoverage(id, cause, authority, occasion);
    }
}
