package org.pupilledger.statement;

import java.util.Locale;
import org.pupilledger.request.Code;

/** A measure of the published figures; its code is the column that it has there. */
public enum PublishedMeasure implements Code {
    REQUESTS_RECEIVED(Unit.REQUESTS, "requests received"),
    REQUESTS_APPROVED(Unit.REQUESTS, "requests approved"),
    REQUESTS_REFUSED(Unit.REQUESTS, "requests refused"),
    REQUESTS_WITHDRAWN(Unit.REQUESTS, "requests withdrawn"),
    REQUESTS_OPEN(Unit.REQUESTS, "requests open"),
    REQUESTS_ANSWERED(Unit.REQUESTS, "requests answered"),
    REQUESTS_LED_TO_DATA(Unit.REQUESTS, "requests that led to data"),

    INDIVIDUALS_SUBMITTED(Unit.INDIVIDUALS, "individuals submitted"),
    INDIVIDUALS_MATCHED(Unit.INDIVIDUALS, "individuals matched"),
    INDIVIDUALS_AMBIGUOUS(Unit.INDIVIDUALS, "individuals ambiguous"),
    INDIVIDUALS_UNMATCHED(Unit.INDIVIDUALS, "individuals not matched"),
    INDIVIDUALS_ANSWERED(Unit.INDIVIDUALS, "individuals answered"),
    INDIVIDUALS_RETURNED(Unit.INDIVIDUALS, "individuals about whom data were returned"),

    LEVEL_NOTHING(Unit.REQUESTS, "requests for which nothing was returned"),
    LEVEL_MATCH_INDICATOR(Unit.REQUESTS, "requests for which only the match indicator was returned"),
    LEVEL_RECORD_HELD(Unit.REQUESTS, "requests for which it was returned whether a record is held"),
    LEVEL_SCHOOL(Unit.REQUESTS, "requests for which schools were returned"),
    LEVEL_ADDRESS(Unit.REQUESTS, "requests for which addresses were returned"),
    LEVEL_ADDRESS_AND_SCHOOL(Unit.REQUESTS, "requests for which addresses and schools were returned");

    private final Unit unit;
    private final String label;

    PublishedMeasure(Unit unit, String label) {
        this.unit = unit;
        this.label = label;
    }

    public Unit unit() {
        return unit;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
