package org.pupilledger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.codes.Source;
import org.pupilledger.codes.Status;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.SourceReference;

/** What values say about themselves: dates, counts, references, codes and levels. */
class ValuesTest {

    // Business dates

    @Test
    void aDayIsExactAndAMonthHasBounds() {
        BusinessDate day = BusinessDate.parse("2024-02-29").orElseThrow();
        BusinessDate month = BusinessDate.parse("2024-02").orElseThrow();

        assertThat(day).isEqualTo(new BusinessDate(YearMonth.of(2024, 2), 29));
        assertThat(day).isEqualTo(BusinessDate.of(LocalDate.of(2024, 2, 29)));
        assertThat(day.earliest()).isEqualTo("2024-02-29").isEqualTo(day.latest());
        assertThat(month).isEqualTo(new BusinessDate(YearMonth.of(2024, 2), null));
        assertThat(month.earliest()).isEqualTo("2024-02-01");
        assertThat(month.latest()).isEqualTo("2024-02-29");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01", "1970-01-01", "2018-04", "2018-04-17", "2024-02-29", "9999-12-31"})
    void aDateIsWrittenAsItIsRead(String text) {
        assertThat(BusinessDate.parse(text).orElseThrow()).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2018",
                "2018-4",
                "2018-13",
                "2018-00",
                "2018-04-31",
                "2018-04-00",
                "2023-02-29",
                "2018-04-1",
                "18-04-17",
                "2018/04",
                "17-04-2018",
                "2018-04-17T00:00:00Z",
                " 2018-04",
                "2018-04 ",
                "+2018-04",
                "-2018-04",
                "12018-04",
                "2018-04\n",
                "\u0662\u0660\u0661\u0668-04",
                "2018-W16",
                "1969-12-31",
                "0000-01"
            })
    void anythingElseIsNoDate(String text) {
        assertThat(BusinessDate.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2018-04-18, 2018-04-17, true",
        "2018-04-17, 2018-04-17, false",
        "2018-04-17, 2018-04, false",
        "2018-04-30, 2018-04, false",
        "2018-05-01, 2018-04, true",
        "2018-04, 2018-04-01, false",
        "2018-04, 2018-03-31, true",
        "2018-04, 2018-04, false",
        "2018-05, 2018-04, true"
    })
    void aDateIsCertainlyAfterAnotherOnlyWhereNoDayOfItsMonthIsNot(String date, String other, boolean isAfter) {
        assertThat(BusinessDate.parse(date)
                        .orElseThrow()
                        .isCertainlyAfter(BusinessDate.parse(other).orElseThrow()))
                .isEqualTo(isAfter);
    }

    // Counts

    @ParameterizedTest
    @ValueSource(ints = {-1, 100_000_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aNumberOfPeopleHasBounds(int count) {
        assertThatIllegalArgumentException().isThrownBy(() -> Individuals.of(count));
    }

    @Test
    void notStatedIsNeitherZeroNorMissing() {
        Individuals notStated = Individuals.ofNullable(null);

        assertThat(notStated).isEqualTo(Individuals.notStated()).isNotEqualTo(Individuals.of(0));
        assertThat(notStated.orNull()).isNull();
        assertThat(notStated.isStated()).isFalse();
        assertThat(notStated.is(0)).isFalse();
        assertThat(notStated.isPositive()).isFalse();
        assertThat(notStated.exceeds(Individuals.of(0))).isFalse();
        assertThat(Individuals.of(5).exceeds(notStated)).isFalse();
    }

    @Test
    void aStatedNumberComparesAsANumber() {
        Individuals five = Individuals.ofNullable(5);

        assertThat(five).isEqualTo(Individuals.of(5));
        assertThat(five.orNull()).isEqualTo(5);
        assertThat(five.isStated()).isTrue();
        assertThat(five.is(5)).isTrue();
        assertThat(five.isPositive()).isTrue();
        assertThat(Individuals.of(0).isPositive()).isFalse();
        assertThat(five.exceeds(Individuals.of(4))).isTrue();
        assertThat(five.exceeds(Individuals.of(5))).isFalse();
        assertThat(Individuals.of(Individuals.MAX).orNull()).isEqualTo(100_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 51})
    void aNumberOfRequestsHasBounds(int count) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Requests(count));
    }

    @Test
    void onlyApprovalAndRefusalAreDecisions() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Stage.Decision(Outcome.OPEN, null, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stage.Decision(Outcome.WITHDRAWN, null, null, null));
    }

    // References

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "2023-0020534",
                "DS00689",
                "R0039",
                "CV/2019/0012",
                "a1.b2/c3-d4",
                "ABC-1",
                "1234567890123456789012345678901234567890"
            })
    void aReferenceHasADigit(String text) {
        assertThat(Reference.parse(text)).contains(new Reference(text));
        assertThat(new Reference(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ABC",
                "-1",
                "/1",
                ".1",
                "A 1",
                "A_1",
                "A1 ",
                " A1",
                "A1\n",
                "A1;B2",
                "A1,B2",
                "\u00c91",
                "A\u0661",
                "12345678901234567890123456789012345678901"
            })
    void anythingElseIsNoReference(String text) {
        assertThat(Reference.parse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reference(text))
                .withMessage("not a reference");
    }

    @Test
    void aSourceReferenceMayBeAllWordsAndTwiceAsLong() {
        for (String text : List.of("HCWS272", "pupil_data_dwp_pupil_matching_re", "a", "A.b_c/d-e", "x".repeat(80))) {
            assertThat(SourceReference.parse(text)).contains(new SourceReference(text));
        }
        for (String text : List.of("", "_a", "two words", "x".repeat(81), "a\n", "\u00e9")) {
            assertThat(SourceReference.parse(text)).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SourceReference(text))
                    .withMessage("not a source reference");
        }
    }

    // Codes

    @Test
    void everyCodeHasASpellingOfItsOwnAndALabel() {
        assertThat(lists()).allSatisfy(ValuesTest::assertLegible);
    }

    private static Stream<Class<? extends Code>> lists() {
        return Stream.of(
                Cause.class,
                DestructionMethod.class,
                Gateway.class,
                Item.class,
                LawfulBasis.class,
                Outcome.class,
                Purpose.class,
                RefusalReason.class,
                ReturnLevel.class,
                Source.class,
                Status.class);
    }

    private static void assertLegible(Class<? extends Code> list) {
        List<Code> codes = List.of(list.getEnumConstants());
        assertThat(codes).extracting(Code::code).doesNotHaveDuplicates();
        for (Code code : codes) {
            assertThat(code.code()).matches("[A-Z][A-Z0-9_-]*");
            assertThat(code.label()).isNotBlank().doesNotContain("_");
        }
    }

    @Test
    void aCodeIsReadOnlyAsItIsWritten() {
        assertThat(Code.parse(Gateway.class, "EA96-537A")).contains(Gateway.EA96_537A);
        assertThat(Code.parse(Gateway.class, "EA96_537A")).isEmpty();
        assertThat(Code.parse(Item.class, "DATE_OF_BIRTH")).contains(Item.DATE_OF_BIRTH);
        for (String text : List.of("", "school", " SCHOOL", "SCHOOL ", "SCHO", "SCHOOLS", "0")) {
            assertThat(Code.parse(Item.class, text)).isEmpty();
        }
    }

    @Test
    void theCodesAreThoseOfTheContract() {
        assertThat(Stream.of(Gateway.values()).map(Code::code))
                .containsExactly(
                        "EA96-537A",
                        "DPA18-S2P2",
                        "DPA18-S2P4",
                        "DPA18-S2P5",
                        "DEA17-P5C4",
                        "FLA86-S33",
                        "DWP-FUNC",
                        "DPA98-S29",
                        "EIPI09",
                        "CPIYC09",
                        "AP07",
                        "ASCLA09",
                        "ESA08",
                        "ESI15",
                        "CA89",
                        "SW07",
                        "HERA17",
                        "OTHER");
        assertThat(Stream.of(Item.values()).map(Code::code))
                .containsExactly(
                        "NAME",
                        "DATE_OF_BIRTH",
                        "GENDER",
                        "ADDRESS",
                        "NATIONALITY",
                        "MATCH_INDICATOR",
                        "RECORD_HELD",
                        "DATE_LAST_COLLECTED",
                        "SCHOOL",
                        "SCHOOL_HISTORY",
                        "ADDRESS_HISTORY");
        assertThat(Stream.of(Status.values()).map(Code::code))
                .containsExactly(
                        "RECEIVED", "APPROVED", "REFUSED", "WITHDRAWN", "MATCHED", "ANSWERED", "CLOSED", "ANNULLED");
    }

    // Levels

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NOTHING            |
                    MATCH_INDICATOR    | MATCH_INDICATOR
                    RECORD_HELD        | RECORD_HELD
                    RECORD_HELD        | DATE_LAST_COLLECTED
                    RECORD_HELD        | MATCH_INDICATOR RECORD_HELD DATE_LAST_COLLECTED
                    RECORD_HELD        | NAME
                    RECORD_HELD        | GENDER NATIONALITY
                    RECORD_HELD        | DATE_OF_BIRTH MATCH_INDICATOR
                    SCHOOL             | SCHOOL
                    SCHOOL             | SCHOOL_HISTORY
                    SCHOOL             | SCHOOL DATE_LAST_COLLECTED
                    SCHOOL             | NAME SCHOOL
                    ADDRESS            | ADDRESS
                    ADDRESS            | ADDRESS_HISTORY MATCH_INDICATOR RECORD_HELD
                    ADDRESS            | NATIONALITY ADDRESS
                    ADDRESS_AND_SCHOOL | ADDRESS SCHOOL
                    ADDRESS_AND_SCHOOL | ADDRESS_HISTORY SCHOOL_HISTORY
                    ADDRESS_AND_SCHOOL | GENDER SCHOOL MATCH_INDICATOR ADDRESS_HISTORY
                    """)
    void theLevelIsTheHighestOfTheItemsReturned(ReturnLevel level, @Nullable String items) {
        List<Item> returned = items == null
                ? List.of()
                : Stream.of(items.split(" ", -1)).map(Item::valueOf).toList();

        assertThat(ReturnLevel.of(returned)).isEqualTo(level);
    }

    @Test
    void levelsAreInAscendingOrder() {
        assertThat(ReturnLevel.values())
                .containsExactly(
                        ReturnLevel.NOTHING,
                        ReturnLevel.MATCH_INDICATOR,
                        ReturnLevel.RECORD_HELD,
                        ReturnLevel.SCHOOL,
                        ReturnLevel.ADDRESS,
                        ReturnLevel.ADDRESS_AND_SCHOOL);
    }

    @Test
    void itemsNotStatedHaveNoLevelUnlessNothingWasReturned() {
        Individuals some = Individuals.of(1);

        assertThat(new Stage.Disclosure(null, some, some, null).level()).isNull();
        assertThat(new Stage.Disclosure(null, some, Individuals.notStated(), null).level())
                .isNull();
        assertThat(new Stage.Disclosure(null, some, Individuals.of(0), null).level())
                .isEqualTo(ReturnLevel.NOTHING);
        assertThat(new Stage.Disclosure(null, some, Individuals.notStated(), List.of(Item.SCHOOL)).level())
                .isEqualTo(ReturnLevel.SCHOOL);
    }

    // Labels

    @Test
    void aCodeIsReadAsItsNameInWordsUnlessALabelSaysOtherwise() {
        assertThat(Outcome.OPEN.label()).isEqualTo("open");
        assertThat(Purpose.SCHOOL_REGISTRATION_CHECK.label()).isEqualTo("check of school registration");
        assertThat(Purpose.BENEFIT_FRAUD.label()).isEqualTo("benefit fraud");
        assertThat(Gateway.EA96_537A.label()).isEqualTo("Education Act 1996, section 537A");
        assertThat(Gateway.EA96_537A.code()).isEqualTo("EA96-537A");
    }
}
