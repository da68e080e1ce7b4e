package org.pupilledger.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.privacy.Guard.Finding;

@Isolated("it changes the locale of the process, and measures time")
class GuardTest {

    @Test
    void aReferencePasses() {
        assertThat(listed("""
                        2023-0020534 | 2023-0028896 | 2018-0314001 | 2024-0101202 | 2010-0112345 | 2007-7700900 | DS00689 |
                        DS01689 | R0039 | DS00114 | DS006891 | FO123456 | HCWS272 | PQ-48634 | PQ/52645 | 48634 | 1 |
                        12345678 | 99999999 | C-2024/118 | CV/2019/0012 | CV/2019/1225 | CV/2019/0314 | HO-2015-07 |
                        HO-2015-07-A | HO-2015-07-DWP | HO/2016/10-B | DWP/2023/0001 | DWP/2023/000123 | DS01234-2023-07 |
                        01/2023/0012 | 07/2023/00123 | 0112345/2024 | REF-000123 | ref-000123 | R-1234567 | R-2023-0020534 |
                        R-2024-00001234 | 2026-0012345 | 2023-0020534A | X1 | A1 | LOAD-00001234 | LOAD-00100000 |
                        REF-0000000123 | T-1758045123456 | TEST-REF-1 | FOI-2024-0012345 | DWP-2023-0020534-Annex | KILL-9 |
                        HMRC/NCA/7 | 123456789 | 3f2504e0-4f89-41d3-9a0c-0305e82c3301 | R-dead-beef-1 | 0.1 | 2018-04 |
                        a1.b2/c3-d4
                        """)).allSatisfy(reference -> {
            assertThat(Guard.inReference(reference)).isEmpty();
            assertThat(Guard.inCode(reference)).isEmpty();
            assertThat(Guard.inName(reference)).isEmpty();
            assertThat(Guard.inDate(reference)).isEmpty();
        });
    }

    @Test
    void aCodeOrSourceReferencePasses() {
        assertThat(listed("""
                        pupil_data_dwp_pupil_matching_re | foi_2024-0001234_pupil_data | HCWS272 | HOME_OFFICE |
                        FAMILY_COURT | DWP | WELSH_GOVERNMENT | NAME | DATE_OF_BIRTH | DATE_LAST_COLLECTED |
                        SCHOOL_REGISTRATION_CHECK | EA96-537A | DPA18-S2P2 | DPA18-S2P4 | DPA18-S2P5 | DEA17-P5C4 |
                        FLA86-S33 | DWP-FUNC | SECURE_ERASE | SECURE_ENVIRONMENT_DEACTIVATED | CRIME_PREVENTION |
                        INSUFFICIENT_IDENTIFIERS | OTHER_GOVERNMENT | SECRETARY_OF_STATE | key_stage_4_attainment |
                        compass_project_may_2023 | a-very/long.slug_of-words/with.every_separator-that.is/allowed
                        """))
                .allSatisfy(code -> assertThat(Guard.inCode(code)).isEmpty());
        assertThat(Guard.inCode("")).isEmpty();
    }

    @Test
    void aPublicReferenceOfASourcePasses() {
        assertThat(listed("""
            HCWS272 | HLWS12 | hcws1 | PQ48634 | PQ-48634 | PQ/52645 | UIN48634 | UIN-48634 | HL1234 | HL-1234 |
            2023-0020534 | 2018/0012345 | 2023-0020534A | DS00689 | R0039 | DS00114 | FOI-2024-0012345 |
            foi-2020-011 | foi_2024-0001234_pupil_data | pupil_data_dwp_pupil_matching_re | DSAP-2024-0117 |
            DFE-2024-17 | DPIA-2016-31 | PQ-135467 | external-data-shares-2023-12 | shares-2020-01 | shares |
            national-pupil-database-requests-received | sharing_of_nationality_data | CASE/2023/14 | MOU-2015-1 |
            ICO-2020.02 | HC-123 | Cm-9876 | EA96-537A | IC-12345-A1B2 | NCA/7 | SRC-1 | 0 | HCWS | HO-2015-07
            """))
                .allSatisfy(source -> assertThat(Guard.inSource(source)).isEmpty());
    }

    @Test
    void theDayOnWhichASourceWasPublishedIsNoDateOfBirthInItsReference() {
        LocalDate published = LocalDate.of(2024, 2, 5);
        assertThat(listed("""
            pupil_data_2024-02-05 | pupil_data_05_02_2024 | FOI-05.02.2024 | pupil_data_20240205 | pupil_data_05022024 |
            pupil_data_5_2_2024 | foi-5-feb-2024 | foi_05_february_2024 | shares-5-2-24
            """))
                .allSatisfy(source ->
                        assertThat(Guard.inSource(source, published)).as(source).isEmpty());
        assertThat(listed("""
            pupil_data_2024-02-06 | pupil_data_06_02_2024 | pupil_data_06022024 | pupil_data_02_05_2014 |
            foi-6-feb-2014 | 05_02_2024_06_02_2014
            """))
                .allSatisfy(source ->
                        assertThat(Guard.inSource(source, published)).as(source).isPresent());
    }

    /** However a slug orders the words of its day, and counts it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pupil_data_%s5th_february_2024",
                "pupil_data_%s5th_feb_2024",
                "pupil_data_february_%s5_2024",
                "pupil_data_february_%s5th_2024",
                "pupil_data_feb%s5_2024",
                "pupil_data_2024_february_%s5",
                "pupil_data_2024_feb_%s5th",
                "FOI-2024-Feb-%s5"
            })
    void theDayOfPublicationIsKnownInWords(String told) {
        for (String nought : List.of("", "0")) {
            String source = told.formatted(nought);
            assertThat(Guard.inSource(source, LocalDate.of(2024, 2, 5)))
                    .as(source)
                    .isEmpty();
            assertThat(Guard.inSource(source, LocalDate.of(2024, 2, 6)))
                    .as(source)
                    .isPresent();
            assertThat(Guard.inSource(source, LocalDate.of(2024, 2, 15)))
                    .as(source)
                    .isPresent();
            assertThat(Guard.inSource(source, LocalDate.of(2024, 3, 5)))
                    .as(source)
                    .isPresent();
            assertThat(Guard.inSource(source, null)).as(source).isPresent();
        }
        assertThat(Guard.inSource(told.formatted("1"), LocalDate.of(2024, 2, 5)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Licence ends %s March 2025",
                "Licence ends on %sst March 2025.",
                "Valid to March %s, 2025",
                "Valid to %s/03/2025 at the latest",
                "Ends 2025-03-%s"
            })
    void aDayThatStandsInADateFieldMayStandInTheWordsBesideIt(String told) {
        String words = told.formatted("31");
        LocalDate end = LocalDate.of(2025, 3, 31);
        assertThat(Guard.inText(words, List.of(LocalDate.of(2020, 1, 1), end))).isEmpty();
        assertThat(Guard.inText(words, List.of(end.minusDays(1)))).contains(Finding.DATE_OF_BIRTH);
        assertThat(Guard.inText(words)).contains(Finding.DATE_OF_BIRTH);
        assertThat(Guard.inText(words + "; born 14 March 2009", List.of(end))).contains(Finding.DATE_OF_BIRTH);
        assertThat(Guard.inText(words + " " + "x".repeat(500), List.of(end))).contains(Finding.FREE_TEXT);
    }

    @Test
    void wordsThatAreNoPublicSlugAreNoSource() {
        assertThat(listed("""
            John_Smith | smith | john-smith | the_boy_from_leeds | JOHN/SMITH/2009 | SMITH-2009 | Smith-2009 |
            case-of-Smith | o/brien | letter-of-Jones | john.smith.dwp.gov.uk | data_Smith |
            a-very/long.slug_of-words/with.every_separator-that.is/allowed-data
            """))
                .allSatisfy(source -> assertThat(Guard.inSource(source)).contains(Finding.FREE_TEXT));
    }

    @Test
    void initialsWithASurnameAreRefused() {
        assertThat(listed("""
            J. Smith | J Smith | JK Smith | J.K. Smith | J K Smith | Smith, J | Smith, J. | Smith, JK | j. smith |
            J. SMITH | smith, j | J SMITH | Office of J. Smith | J. O'Brien | J Mc\u0130nnes | J.Smith |
            &#74;. Smith | J%2E Smith | \uFF2A. Smith | \u0408. Smith
            """))
                .allSatisfy(name -> assertThat(Guard.inName(name)).contains(Finding.PERSON_NAME));
        assertThat(listed("j.smith-1 | J.Smith-1 | J.SMITH-1 | J.K.SMITH/7 | j_smith-7 | Smith.J-1 | j-k-smith-1"))
                .allSatisfy(
                        reference -> assertThat(Guard.inReference(reference)).contains(Finding.PERSON_NAME));
        assertThat(listed("""
            HM Treasury | UK Parliament | NI Executive | HM Courts & Tribunals Service | St. Mary's College |
            Police, Fire and Crime Commissioner | Y Senedd | A Level Examiners | Test T ANNULLED | DWP Digital |
            Ministry of Justice, HQ and regions
            """))
                .allSatisfy(name -> assertThat(Guard.inName(name)).isEmpty());
    }

    @Test
    void anAddressOrADayIsNoNameOfAnOrganisation() {
        assertThat(listed("""
            12 High Street | 12a high st | School at 12 Mill Lane | 221B Baker Street | High Street 12 | Flat 3 |
            1 Long Old Mill Road | \uFF11\uFF12 High Street | 12&nbsp;High&#32;Street
            """))
                .allSatisfy(name -> assertThat(Guard.inName(name)).contains(Finding.STREET_ADDRESS));
        assertThat(listed("14 March | 14th of March | March 14 | Trust of 3rd May | 14 March 2009"))
                .allSatisfy(name -> assertThat(Guard.inName(name)).contains(Finding.DATE_OF_BIRTH));
        assertThat(listed("Ofsted 2 | Academy Trust 24-7 | Court 1 | Family Court 12 | Cabinet Office since May 2023"))
                .allSatisfy(name -> assertThat(Guard.inName(name)).isEmpty());
    }

    @Test
    void theOtherNumbersOfAPersonAreRefused() {
        assertThat(listed("""
            4111 1111 1111 1111 | 4111-1111-1111-1111 | 378282246310005 | 3782 822463 10005 | 4222222222222 |
            \uFF14111111111111111 | 4111&#45;1111-1111%201111
            """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.PAYMENT_CARD_NUMBER));
        assertThat(listed("GB82 WEST 1234 5698 7654 32 | gb82west12345698765432 | DE89370400440532013000"))
                .allSatisfy(text -> assertRefusedEverywhere(text, Finding.BANK_ACCOUNT_NUMBER));
        assertThat(listed("MORGA657054SM9IJ | morga 657054 sm9ij | MORGA753116SM9IJ 35 | licence 12345670"))
                .allSatisfy(text -> assertRefusedEverywhere(text, Finding.DRIVING_LICENCE_NUMBER));
        assertThat(listed("2009/0314001X | 1998 / 1234567 k | 2009\u20440314001X"))
                .allSatisfy(text -> assertRefusedEverywhere(text, Finding.PNC_ID));
        assertThat(listed("123456/08X | 123456 / 99 a"))
                .allSatisfy(text -> assertRefusedEverywhere(text, Finding.CRO_NUMBER));
        assertThat(listed("SW1A 1AA | sw1a1aa | M1-1AE | REF-CV1.2GT | S W 1 A 1 A A | SW1A\u200B1AA | SW1A%201AA"))
                .allSatisfy(text -> assertRefusedEverywhere(text, Finding.POSTCODE));
        assertThat(listed("ULN 1234567890 | uln:1234567890 | Learner number 12345 67890"))
                .allSatisfy(text -> assertRefusedEverywhere(text, Finding.UNIQUE_LEARNER_NUMBER));
    }

    @Test
    void aNamePasses() {
        assertThat(listed("""
                        Greater Manchester Police | Department for Work and Pensions |
                        His Majesty's Revenue & Customs (HMRC) | Llywodraeth Cymru / Welsh Government |
                        Cyngor Gwynedd \u2013 T\u0177 | Secretary of State for the Home Department |
                        Secret Intelligence Service |
                        The Police, Fire and Crime Commissioner for Devon, Cornwall and the Isles of Scilly |
                        Family Court at Barnet | Ofsted 2 | Academy Trust 24-7 | Home\u00A0Office |
                        Cabinet Office since May 2023
                        """))
                .allSatisfy(name -> assertThat(Guard.inName(name)).isEmpty());
    }

    @Test
    void aPupilNumberIsRefused() {
        assertThat(listed("""
                        A123456789012 | h801200108001 | REFZ801200108001 | A12345678901B | A 1234 5678 9012 |
                        H-801-2001-08-001 | A/12345678901/b | x1-A.123456789012-z |
                        \uFF21\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18\uFF19\uFF10\uFF11\uFF12 |
                        A\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660\u0661\u0662 |
                        A1234\u200B5678\u200D9012 | REF_A123456789012_1
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.UNIQUE_PUPIL_NUMBER));
    }

    @Test
    void aNationalInsuranceNumberIsRefused() {
        assertThat(listed("""
                        QQ123456C | qq123456c | QQ 12 34 56 C | QQ-12-34-56-C | QQ.12.34.56.C | qq_12/34-56 c |
                        REF-QQ123456C | REFQQ123456C | QQ123456CREF | QQ123456C-1 | 1/QQ123456C | Q Q 1 2 3 4 5 6 C |
                        QQ 123 456 C | QQ1234 56C | QQ\u00A012\u202F34\u200956\u3000C | QQ12\u00AD34\u200B56\uFEFFC |
                        \uFF31\uFF31\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF23 | QQ\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6C |
                        Q\u0301Q123456C | QQ\u2460\u2461\u2462\u2463\u2464\u2465C | QQ1\u20E32\u20E33\u20E3456C |
                        \uD835\uDC10Q123456C | QQ 12 34 56 | AB-99-99-99 | TN010203F | TN 01 02 03 M | QQ+12+34+56+C
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.NATIONAL_INSURANCE_NUMBER));
    }

    @Test
    void anNhsNumberIsRefused() {
        assertThat(listed("""
                        9434765919 | 943 476 5919 | 943-476-5919 | 943.476.5919 | REF9434765919X | NHS/9434765919 |
                        9 4 3 4 7 6 5 9 1 9 | 94347 65919 | 94-34-76-59-19 | 1-943-476-5919 | 943\u200B4765919 |
                        \uFF19\uFF14\uFF13\uFF14\uFF17\uFF16\uFF15\uFF19\uFF11\uFF19
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.NHS_NUMBER));
    }

    @Test
    void aTenDigitNumberWithoutAValidCheckDigitPasses() {
        assertThat(Guard.inReference("9434765910")).isEmpty();
        assertThat(Guard.inReference("943-476-5910")).isEmpty();
    }

    @Test
    void aLearnerNumberIsRefused() {
        assertThat(listed("""
                        1234567899 | 12345 67899 | REF-1234567899
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.UNIQUE_LEARNER_NUMBER));
    }

    @Test
    void aTelephoneNumberIsRefused() {
        assertThat(listed("""
                        07700900123 | 07700 900123 | 07700-900-123 | 0770.090.0123 | REF07700900123 | tel:07700900123x |
                        02079460958 | 020 7946 0958 | (020) 7946 0958 | 0113 496 0999 | 0113 496 2024 | 01632960001 |
                        08081570192 | 0800 123 4567 | +447700900123 | +44 7700 900123 | +44 (0)20 7946 0958 |
                        0044 7700 900123 | 00447700900123 | 447700900123 | +33 1 23 45 67 89 | +1-202-555-0143 |
                        07 70 09 00 12 3 | 12-07700-900123 | \uFF0B44 7700 900123 | 0770\u00AD0900123
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.TELEPHONE_NUMBER));
    }

    @Test
    void aDateOfBirthIsRefused() {
        assertThat(listed("""
                        2009-03-14 | 2009/3/14 | 14/03/2009 | 14-3-2009 | 14-03-09 | 14.03.2009 | 14 03 2009 | 14_03_2009 |
                        03/14/2009 | 20090314 | 14032009 | 03142009 | REF20090314 | REF-2009-03-14 | SMITH-2009-03-14 |
                        12-2009-03-14 | 2009-03-14T00 | 14Mar2009 | 14mar09 | 14-MARCH-2009 | March-14-2009 | March142009 |
                        mar.14.09 | 2009-Mar-14 | 14th March 2009 | 14th of march, 2009 | 1st-Sept-2009 | March 14th, 2009 |
                        DOB14MAR2009X | 2009\u201103\u201114 | \u0661\u0664/03/2009 | 20\u200B090314 | 31-12-1999
                        """)).allSatisfy(text -> {
            assertThat(Guard.inReference(text)).contains(Finding.DATE_OF_BIRTH);
            assertThat(Guard.inCode(text)).contains(Finding.DATE_OF_BIRTH);
            assertThat(Guard.inName(text)).contains(Finding.DATE_OF_BIRTH);
            assertThat(Guard.inDate(text)).as("a date belongs in a date field").isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2018-04-17", "2018-04", "17/04/2018", "2018-13-45", "20180417", "17 April 2018", "yesterday", ""
            })
    void aDateFieldIsLeftToItsSyntax(String text) {
        assertThat(Guard.inDate(text)).isEmpty();
    }

    @Test
    void anEmailAddressIsRefused() {
        assertThat(listed("""
                        john@example.com | a@b | REF-1@x | john\uFF20example.com | john\uFE6Bexample.com |
                        john @ example . com | john@\u200Bexample.com | john(at)example.com | john [AT] example.com
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.EMAIL_ADDRESS));
    }

    @Test
    void aSecretIsRefused() {
        assertThat(listed("""
                        password | PASSWORD1 | the-password-is-x | p4ssw0rd | P455word:1 | pass.word | p-a-s-s-w-o-r-d |
                        passwd/1 | pwd-1 | mypwd1 | passphrase | secret | top_secret_1 | Secret123 | credentials | api_key |
                        apikey1 | pin:1234 | PIN-1234 | pin is 1234 | pw=x | pass: x | login:x | token=abc | pa\u00ADssword |
                        \uFF50\uFF41\uFF53\uFF53\uFF57\uFF4F\uFF52\uFF44 | -----BEGIN PRIVATE KEY----- |
                        -----BEGIN RSA PRIVATE KEY----- | eyJhbGciOiJIUzI1NiJ9.e30 | https://user:pw@example.org/ |
                        https://u@example.org | kR7fPq2ZxV9bLm4TnW8s | bearer abc
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.SECRET));
    }

    @Test
    void aHashIsRefused() {
        assertThat(listed("""
                        d41d8cd98f00b204e9800998ecf8427e | DA39A3EE5E6B4B0D3255BFEF95601890AFD80709 |
                        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                        """)).allSatisfy(text -> assertRefusedEverywhere(text, Finding.HASH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "John Smith",
                " DWP",
                "DWP ",
                "DWP\t",
                "DWP\n",
                "a\u00A0b",
                "a\u2003b",
                "a\u200Bb",
                "DW\u0420",
                "\u00C9COLE",
                "a\u0000b",
                "\uD800",
                "a\u202Eb",
                "DW\u00ADP",
                "\uFF24\uFF37\uFF30"
            })
    void whiteSpaceAndSignsOutsideAsciiAreNoCode(String text) {
        assertThat(Guard.inCode(text)).contains(Finding.FREE_TEXT);
        assertThat(Guard.inReference(text)).contains(Finding.FREE_TEXT);
    }

    @Test
    void wordsDoNotMakeAReference() {
        assertThat(listed("""
                        SMITH-JOHN-2009 | john.smith | john.smith.1 | Smith/1 | Smith-000123 | John-1 |
                        INVESTIGATION-000123 | the-boy-from-leeds-1 | JOHN/SMITH/00012345 | O'Brien-1 |
                        Case-of-Smith-1
                        """))
                .allSatisfy(text -> assertThat(Guard.inReference(text)).contains(Finding.FREE_TEXT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Home\nOffice",
                "Home\u200BOffice",
                "Home\u202EOffice",
                "H\u043Eme Office",
                "\u0397ome Office",
                "Home\u0000",
                "a\uD800b",
                "a\uE000b",
                "Home\u2028Office"
            })
    void hiddenSignsAndOtherScriptsAreNoName(String text) {
        assertThat(Guard.inName(text)).contains(Finding.FREE_TEXT);
    }

    @Test
    void theLongestTextPassesAndALongerOneIsFreeText() {
        assertThat(Guard.inCode("X".repeat(Guard.MAX_LENGTH))).isEmpty();
        String longer = "X".repeat(Guard.MAX_LENGTH + 1);
        assertThat(Guard.inCode(longer)).contains(Finding.FREE_TEXT);
        assertThat(Guard.inReference(longer)).contains(Finding.FREE_TEXT);
        assertThat(Guard.inName(longer)).contains(Finding.FREE_TEXT);
        assertThat(Guard.inDate(longer)).contains(Finding.FREE_TEXT);
        assertThat(Guard.inCode("9 ".repeat(1 << 19))).contains(Finding.FREE_TEXT);
    }

    /** The worst texts found for each pattern; the sign U+FDFA decomposes into eighteen. A 1 MiB body holds some 5,000 such texts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9", "9-", "A9", "QQ1-", "0-", "44", "+1", "1-1-", "MAR1", "14TH", "pas", "aA1", "a", "://", "-",
                "\uFDFA", "1 ", "1.", "4 4-", "GB1", "AB1 ", "J. ", "J ", "A,", "12 a ", "DOB", "DL1", "%41", "&#65;",
                "1/1A", "1234/56", "SF1", "J A ", "OF J ", "MR J "
            })
    void noTextTakesLong(String repeated) {
        String text = repeated.repeat(Guard.MAX_LENGTH).substring(0, Guard.MAX_LENGTH);
        long startedAtNanos = System.nanoTime();
        for (int round = 0; round < 20; round++) {
            Guard.inName(text);
            Guard.inReference(text);
            Guard.inSource(text);
            Guard.inCode(repeated.repeat(10_000));
        }
        assertThat(System.nanoTime() - startedAtNanos).isLessThan(1_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"DATE_OF_BIRTH, a date of birth, date-of-birth", "NHS_NUMBER, an NHS number, nhs-number"})
    void aFindingSpeaksForItself(Finding finding, String label, String code) {
        assertThat(finding.label()).isEqualTo(label);
        assertThat(finding.code()).isEqualTo(code);
    }

    /** A Turkish machine must not turn {@code i} into something else. */
    @Test
    void theMachinesLanguageMakesNoDifference() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Guard.inCode("pin-1234")).contains(Finding.SECRET);
            assertThat(Finding.DATE_OF_BIRTH.code()).isEqualTo("date-of-birth");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void assertRefusedEverywhere(String text, Finding finding) {
        assertThat(Guard.inReference(text)).contains(finding);
        assertThat(Guard.inCode(text)).contains(finding);
        assertThat(Guard.inName(text)).contains(finding);
        assertThat(Guard.inDate(text)).contains(finding);
    }

    /** A table of texts, divided by {@code |}. */
    private static List<String> listed(String table) {
        return Stream.of(table.split("\\|", -1)).map(String::strip).toList();
    }
}
