package org.pupilledger.figures;

import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.request.Figures;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;

/**
 * What events added to the figures by the rules of the first editions, for those alone: what was answered of a request was
 * counted once for each of its references. They know no event that came with later rules.
 */
final class FirstRules {
    private FirstRules() {}

    static Delta delta(Object event) {
        Delta now = Delta.of(event);
        switch (event) {
            case RequestEvent.Disclosed(var header, var disclosure) ->
                recount(now.rows().getFirst(), header, Figures.DisclosureFigures.of(disclosure), 1);
            case RequestEvent.DisclosedFurther(var header, var was, var further, var disclosure) -> {
                recount(now.rows().getFirst(), header, was, -1);
                recount(now.rows().getFirst(), header, further, 1);
            }
            case RequestEvent.Corrected corrected -> {
                recount(now.rows().getFirst(), corrected.was(), -1);
                recount(now.rows().getLast(), corrected.now(), 1);
            }
            case RequestEvent.Annulled annulled -> recount(now.rows().getFirst(), annulled.was(), -1);
            default -> {}
        }
        return now;
    }

    private static void recount(Delta.Row row, Figures figures, int sign) {
        if (figures.disclosure() != null) {
            recount(row, figures.header(), figures.disclosure(), sign);
        }
    }

    private static void recount(Delta.Row row, RequestHeader header, Figures.DisclosureFigures disclosure, int sign) {
        Tally tally = row.tally();
        long requests = (long) sign * header.requests().count();
        ReturnLevel level = disclosure.level();
        Delta.led(tally, requests == sign, disclosure.answered(), disclosure.returned(), level, -requests);
        boolean isData = disclosure.returned().isPositive()
                || (level != null && level.compareTo(ReturnLevel.MATCH_INDICATOR) > 0);
        boolean isAnswered = isData || disclosure.answered().isPositive() || level == ReturnLevel.MATCH_INDICATOR;
        tally.add(Measure.REQUESTS_LED_TO_DATA, isData ? requests : 0)
                .add(Measure.REQUESTS_ANSWERED, isAnswered ? requests : 0)
                .add(Measure.level(level), requests);
    }
}
