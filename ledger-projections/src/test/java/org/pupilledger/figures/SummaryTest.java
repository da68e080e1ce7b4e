package org.pupilledger.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.figures.Cases.answered;
import static org.pupilledger.figures.Cases.disclosed;
import static org.pupilledger.figures.Cases.matched;
import static org.pupilledger.figures.Cases.open;
import static org.pupilledger.figures.Cases.row;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.request.Figures;

/** The sentences of contract/requests.md. */
class SummaryTest {

    @Test
    void onlyThatTheyWereFoundIsYOnly() {
        assertSummary("185 submitted, 1 matched, Y-only returned", answered(185, 1, 1, 0, Item.MATCH_INDICATOR));
    }

    @Test
    void whetherARecordIsHeldIsReturnedWithoutAStatedMatch() {
        assertSummary(
                "12 submitted, matched not stated, record held and date last collected returned for 12",
                disclosed(12, 12, 12, List.of(Item.RECORD_HELD, Item.DATE_LAST_COLLECTED)));
        assertSummary(
                "12 submitted, matched not stated, record held and date last collected returned for 12",
                disclosed(12, 12, 12, List.of(Item.DATE_LAST_COLLECTED)));
    }

    @Test
    void recordHeldStandsAloneWithoutACollectionDate() {
        assertSummary("5 submitted, 4 matched, record held returned for 3", answered(5, 4, 3, 3, Item.RECORD_HELD));
        assertSummary("5 submitted, 4 matched, record held returned for 3", answered(5, 4, 3, 3, Item.NATIONALITY));
    }

    @Test
    void whatWasReturnedIsSaidAtItsHighestLevel() {
        assertSummary(
                "7 submitted, 2 matched, school returned for 2",
                answered(7, 2, 2, 2, Item.SCHOOL, Item.DATE_LAST_COLLECTED));
        assertSummary(
                "3 submitted, 2 matched, address returned for 1",
                answered(3, 2, 2, 1, Item.ADDRESS, Item.MATCH_INDICATOR));
        assertSummary(
                "1 submitted, 1 matched, address and school returned for 1",
                answered(1, 1, 1, 1, Item.ADDRESS_HISTORY, Item.SCHOOL_HISTORY));
    }

    @Test
    void aNilReturnIsNothing() {
        assertSummary("2 submitted, 0 matched, nothing returned", answered(2, 0, 0, 0));
        assertSummary("2 submitted, 1 matched, nothing returned", answered(2, 1, 2, 0));
        assertSummary("2 submitted, matched not stated, nothing returned", disclosed(2, null, 0, null));
    }

    @Test
    void withoutADisclosureTheOutcomeIsSaid() {
        assertSummary("10 submitted, refused", open(Outcome.REFUSED, 10));
        assertSummary("10 submitted, withdrawn", open(Outcome.WITHDRAWN, 10));
        assertSummary("10 submitted, 3 matched, withdrawn", matched(Outcome.WITHDRAWN, 10, 3));
        assertSummary("12 submitted, open", open(Outcome.OPEN, 12));
        assertSummary("12 submitted, open", open(Outcome.APPROVED, 12));
        assertSummary("12 submitted, 3 matched, open", matched(Outcome.APPROVED, 12, 3));
        assertSummary("0 submitted, open", open(Outcome.OPEN, 0));
    }

    @Test
    void whatIsNotStatedIsSaidToBe() {
        assertSummary("submitted not stated, open", open(Outcome.OPEN, null));
        assertSummary("12 submitted, matched not stated, items not stated returned for 4", disclosed(12, 4, 4, null));
        assertSummary("12 submitted, matched not stated, returned not stated", disclosed(12, null, null, null));
        assertSummary(
                "12 submitted, matched not stated, school returned for a number not stated",
                disclosed(12, null, null, List.of(Item.SCHOOL)));
        assertSummary(
                "12 submitted, matched not stated, Y-only returned",
                disclosed(12, null, 0, List.of(Item.MATCH_INDICATOR)));
    }

    // Rows of several requests

    @Test
    void severalLevelsAreJoinedHighestFirst() {
        assertSummary(
                "36 submitted, 21 matched, address and school returned for 1; address returned for 2;"
                        + " school returned for 3; record held and date last collected returned for 4;"
                        + " record held returned for 5; Y-only returned for 6",
                answered(6, 6, 6, 0, Item.MATCH_INDICATOR),
                answered(6, 5, 5, 5, Item.RECORD_HELD),
                answered(6, 4, 4, 4, Item.RECORD_HELD, Item.DATE_LAST_COLLECTED),
                answered(6, 3, 3, 3, Item.SCHOOL),
                answered(6, 2, 2, 2, Item.ADDRESS),
                answered(6, 1, 1, 1, Item.ADDRESS, Item.SCHOOL));
    }

    @Test
    void theSameLevelIsSaidOnce() {
        assertSummary(
                "10 submitted, 5 matched, school returned for 5",
                answered(4, 2, 2, 2, Item.SCHOOL),
                answered(6, 3, 3, 3, Item.SCHOOL_HISTORY));
        assertSummary(
                "10 submitted, 5 matched, Y-only returned",
                answered(4, 2, 2, 0, Item.MATCH_INDICATOR),
                answered(6, 3, 3, 0, Item.MATCH_INDICATOR));
    }

    @Test
    void oneRequestThatDoesNotStateMakesTheRowNotStated() {
        assertSummary(
                "10 submitted, matched not stated, school returned for a number not stated;"
                        + " items not stated returned for 1",
                answered(4, 2, 2, 2, Item.SCHOOL),
                disclosed(5, null, null, List.of(Item.SCHOOL)),
                disclosed(1, 1, 1, null));
        assertSummary("submitted not stated, open", open(Outcome.OPEN, 5), open(Outcome.OPEN, null));
    }

    @Test
    void nothingIsSpokenOfOnlyAlone() {
        assertSummary(
                "6 submitted, 2 matched, school returned for 2",
                answered(4, 2, 2, 2, Item.SCHOOL),
                answered(2, 0, 0, 0));
        assertSummary("6 submitted, 0 matched, nothing returned", answered(4, 0, 0, 0), answered(2, 0, 0, 0));
    }

    @Test
    void refusedWithdrawnAndOpenRequestsAreSpokenOfOnlyWhereNothingWasAnswered() {
        Figures[] unanswered = {
            open(Outcome.REFUSED, 1), open(Outcome.WITHDRAWN, 2), open(Outcome.OPEN, 3), open(Outcome.APPROVED, 4)
        };

        assertSummary("10 submitted, open; refused; withdrawn", unanswered);
        assertSummary("3 submitted, refused; withdrawn", unanswered[0], unanswered[1]);
        assertSummary("3 submitted, 0 matched, nothing returned", unanswered[0], answered(2, 0, 0, 0));
        assertSummary(
                "8 submitted, 2 matched, school returned for 2",
                unanswered[0],
                unanswered[2],
                answered(4, 2, 2, 2, Item.SCHOOL));
    }

    @Test
    void aRowWithoutRequestsSaysSo() {
        assertThat(Summary.of(new Tally())).isEqualTo("no requests");
    }

    @Test
    void anAnnulledRequestStillSaysWhatWasSubmitted() {
        assertThat(Summary.ofAnnulled(row(answered(4, 2, 2, 2, Item.SCHOOL)))).isEqualTo("4 submitted, annulled");
        assertThat(Summary.ofAnnulled(row(open(Outcome.OPEN, null)))).isEqualTo("submitted not stated, annulled");
    }

    private static void assertSummary(String sentence, Figures... requests) {
        assertThat(Summary.of(row(requests))).isEqualTo(sentence);
    }
}
