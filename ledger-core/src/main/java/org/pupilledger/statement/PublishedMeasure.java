package org.pupilledger.statement;

import java.util.Locale;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/**
 * What numbers are told of: a measure of the published figures, whose code is the column that it has there, or one of which
 * the figures of the ledger know nothing.
 */
public enum PublishedMeasure implements Code {
    REQUESTS_RECEIVED(Unit.REQUESTS),
    REQUESTS_APPROVED(Unit.REQUESTS),
    REQUESTS_REFUSED(Unit.REQUESTS),
    REQUESTS_WITHDRAWN(Unit.REQUESTS),
    REQUESTS_OPEN(Unit.REQUESTS),
    REQUESTS_ANSWERED(Unit.REQUESTS),
    @Label("requests that led to data")
    REQUESTS_LED_TO_DATA(Unit.REQUESTS),

    INDIVIDUALS_SUBMITTED(Unit.INDIVIDUALS),
    INDIVIDUALS_MATCHED(Unit.INDIVIDUALS),
    INDIVIDUALS_AMBIGUOUS(Unit.INDIVIDUALS),
    @Label("individuals not matched")
    INDIVIDUALS_UNMATCHED(Unit.INDIVIDUALS),
    INDIVIDUALS_ANSWERED(Unit.INDIVIDUALS),
    @Label("individuals about whom data were returned")
    INDIVIDUALS_RETURNED(Unit.INDIVIDUALS),

    @Label("requests for which nothing was returned")
    LEVEL_NOTHING(Unit.REQUESTS),
    @Label("requests for which only the match indicator was returned")
    LEVEL_MATCH_INDICATOR(Unit.REQUESTS),
    @Label("requests for which it was returned whether a record is held")
    LEVEL_RECORD_HELD(Unit.REQUESTS),
    @Label("requests for which schools were returned")
    LEVEL_SCHOOL(Unit.REQUESTS),
    @Label("requests for which addresses were returned")
    LEVEL_ADDRESS(Unit.REQUESTS),
    @Label("requests for which addresses and schools were returned")
    LEVEL_ADDRESS_AND_SCHOOL(Unit.REQUESTS),

    @Label("agreements in force")
    AGREEMENTS_IN_FORCE(Unit.AGREEMENTS),
    @Label("agreements signed or amended")
    AGREEMENTS_SIGNED(Unit.AGREEMENTS),
    @Label("agreements drafted")
    AGREEMENTS_DRAFTED(Unit.AGREEMENTS),
    @Label("applications to the approval panel")
    PANEL_APPLICATIONS(Unit.APPLICATIONS),
    USERS_WITH_ACCESS(Unit.USERS),
    OTHER(Unit.OTHER);

    private final Unit unit;

    PublishedMeasure(Unit unit) {
        this.unit = unit;
    }

    public Unit unit() {
        return unit;
    }

    /** True where it is a column of the figures, so that the ledger can say what it holds. */
    public boolean isFigure() {
        return unit == Unit.REQUESTS || unit == Unit.INDIVIDUALS;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
