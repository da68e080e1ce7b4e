package org.pupilledger.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.pupilledger.privacy.Guard.Finding;

/** Planted identities are found whatever stands around them; codes and references of the department never are. */
class GuardPropertyTest {

    private static final String CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";
    private static final List<String> SEPARATORS =
            List.of("", " ", "-", ".", "/", "_", "--", " - ", "\u00A0", "\u200B", "\u00AD");
    private static final List<String> VISIBLE_SEPARATORS =
            List.of(" ", "-", ".", "/", "_", "--", " - ", "\u00A0", "\u2011");
    private static final List<String> BEFORE = List.of("", "REF-", "x1-", "7/", "DWP_", "for ", "-");
    private static final List<String> AFTER = List.of("", "-REF", "/7", "_x", " a", ".");
    /** Letters glued to an identity; only to one that is itself written without separators. */
    private static final List<String> GLUED = List.of("", "REF", "X", "7-x", "pupil");

    @Property(tries = 200)
    void aPlantedPupilNumberIsFound(@ForAll("pupilNumbers") String number, @ForAll Random random) {
        assertGluedFound(number, random);
        assertFound(disguised(List.of(number.split("")), SEPARATORS, random), random);
    }

    @Property(tries = 200)
    void aPlantedInsuranceNumberIsFound(@ForAll("insuranceNumbers") List<String> parts, @ForAll Random random) {
        assertGluedFound(String.join("", parts), random);
        assertFound(disguised(parts, SEPARATORS, random), random);
    }

    @Property(tries = 200)
    void aPlantedNhsNumberIsFound(@ForAll("nhsNumbers") String number, @ForAll Random random) {
        assertGluedFound(number, random);
        assertFound(
                disguised(
                        List.of(number.substring(0, 3), number.substring(3, 6), number.substring(6)),
                        VISIBLE_SEPARATORS,
                        random),
                random);
        assertFound(disguised(List.of(number.split("")), VISIBLE_SEPARATORS, random), random);
    }

    @Property(tries = 200)
    void aPlantedTelephoneNumberIsFound(@ForAll("telephoneNumbers") List<String> parts, @ForAll Random random) {
        assertGluedFound(String.join("", parts), random);
        assertFound(disguised(parts, SEPARATORS, random), random);
    }

    @Property(tries = 50)
    void aPlantedDateOfBirthIsFound(
            @ForAll @IntRange(min = 1930, max = 2039) int year,
            @ForAll @IntRange(min = 1, max = 365) int day,
            @ForAll Random random) {
        LocalDate date = LocalDate.ofYearDay(year, day);
        for (String spelling : List.of(
                "yyyy M d",
                "yyyy MM dd",
                "d M yyyy",
                "dd MM yyyy",
                "M d yyyy",
                "dd MM yy",
                "d MMM yyyy",
                "dd MMMM yyyy",
                "MMMM d yyyy",
                "MMM dd yy",
                "yyyy MMM dd")) {
            List<String> parts = List.of(written(date, spelling).split(" ", -1));
            assertFound(disguised(parts, VISIBLE_SEPARATORS, random), random);
        }
        for (String spelling : List.of(
                "yyyyMMdd", "ddMMyyyy", "MMddyyyy", "ddMMMyyyy", "ddMMMyy", "ddMMMMyyyy", "MMMMddyyyy", "yyyyMMMdd")) {
            assertGluedFound(written(date, spelling), random);
        }
    }

    @Property(tries = 200)
    void aPlantedEmailAddressIsFound(
            @ForAll("words") String name, @ForAll("words") String host, @ForAll Random random) {
        assertFound(name + one(List.of("@", "\uFF20", " @ ", "(at)"), random) + host + ".uk", random);
    }

    @Property(tries = 200)
    void aDepartmentReferencePasses(
            @ForAll @IntRange(min = 2000, max = 2035) int year, @ForAll @IntRange(max = 9_999_999) int number) {
        assertPasses("%d-%07d".formatted(year, number));
        assertPasses("%d/%07d".formatted(year, number));
        assertPasses("DS%05d".formatted(number % 100_000));
        assertPasses("R%04d".formatted(number % 10_000));
        assertPasses("HCWS%03d".formatted(number % 1_000));
        assertPasses("PQ-%05d".formatted(number % 100_000));
        assertPasses("C-%d/%d".formatted(year, number % 1_000));
        assertPasses("CV/%d/%04d".formatted(year, number % 10_000));
        assertPasses("HO-%d-%02d".formatted(year, number % 12 + 1));
        assertPasses("DS%05d-%d-%02d".formatted(number % 100_000, year, number % 12 + 1));
        assertPasses("DWP/%d/%06d".formatted(year, number % 1_000_000));
        assertPasses("REF-%06d".formatted(number % 1_000_000));
        assertPasses("R-%07d".formatted(number));
        assertPasses("LOAD-%08d".formatted(number % 1_000_000));
        assertPasses(Integer.toString(number));
    }

    @Property(tries = 200)
    void aContractCodePasses(@ForAll("codes") String code) {
        assertThat(Guard.inCode(code)).isEmpty();
        assertThat(Guard.inCode(code.toLowerCase(Locale.ROOT))).isEmpty();
    }

    @Property(tries = 200)
    void aRandomUuidPasses(@ForAll("uuids") UUID id) {
        assertPasses(id.toString());
    }

    /** Version 4, with letters enough not to be a counter. */
    @Provide
    Arbitrary<UUID> uuids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> new UUID((high & ~0xF000L) | 0x4000L, (low >>> 2) | Long.MIN_VALUE))
                .filter(id -> id.toString().chars().filter(Character::isLetter).count() >= 4);
    }

    @Provide
    Arbitrary<String> pupilNumbers() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofLength(12);
        Arbitrary<Boolean> temporary = Arbitraries.of(true, false);
        return Combinators.combine(digits, temporary, Arbitraries.of('A', 'K', 'Z'))
                .as((number, isTemporary, last) ->
                        checkLetter(number) + (isTemporary ? number.substring(1) + last : number));
    }

    /** Two letters, the digits as one, in pairs, in threes or one by one, a letter. */
    @Provide
    Arbitrary<List<String>> insuranceNumbers() {
        Arbitrary<String> prefix = Arbitraries.of("QQ", "AB", "JG", "ZY", "NR", "CE");
        Arbitrary<String> digits = Arbitraries.strings()
                .numeric()
                .ofLength(6)
                .filter(number -> !number.matches("(19|20)....|..(19|20).."));
        Arbitrary<String> group = Arbitraries.of("(?<=.{6})", "(?<=\\G..)", "(?<=\\G...)", "");
        return Combinators.combine(prefix, digits, group, Arbitraries.of("A", "B", "C", "D"))
                .as((letters, number, cut, suffix) -> Stream.of(
                                List.of(letters), List.of(number.split(cut)), List.of(suffix))
                        .flatMap(List::stream)
                        .toList());
    }

    @Provide
    Arbitrary<String> nhsNumbers() {
        return Arbitraries.longs()
                .between(320_000_000L, 799_999_999L)
                .filter(nine -> nhsCheck(nine) < 10)
                .map(nine -> "" + nine + nhsCheck(nine));
    }

    @Provide
    Arbitrary<List<String>> telephoneNumbers() {
        Arbitrary<String> start = Arbitraries.of(
                "07700", "01632", "02079", "03001", "08081", "+447700", "+44 1632", "00447700", "+44 (0)7700");
        Arbitrary<String> rest =
                Arbitraries.strings().numeric().ofLength(6).filter(number -> !number.matches("(19|20).*"));
        return Combinators.combine(start, rest, Arbitraries.of("(?<=.{6})", "(?<=\\G...)"))
                .as((area, number, cut) -> Stream.concat(Stream.of(area), Stream.of(number.split(cut)))
                        .toList());
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.of(
                ("NAME DATE_OF_BIRTH GENDER ADDRESS NATIONALITY MATCH_INDICATOR RECORD_HELD DATE_LAST_COLLECTED SCHOOL SCHOOL_HISTORY"
                                + " ADDRESS_HISTORY ADDRESS_AND_SCHOOL NOTHING BENEFIT_FRAUD SCHOOL_REGISTRATION_CHECK FRAUD_ACT_OFFENCE"
                                + " IMMIGRATION_ENFORCEMENT MISSING_CHILD CRIME_PREVENTION COURT_ORDER OTHER EA96-537A DPA18-S2P2 DPA18-S2P4"
                                + " DPA18-S2P5 DEA17-P5C4 FLA86-S33 DWP-FUNC PUBLIC_TASK LEGAL_OBLIGATION VITAL_INTERESTS"
                                + " LEGITIMATE_INTERESTS NO_LAWFUL_BASIS PURPOSE_OUTSIDE_AGREEMENT AGREEMENT_NOT_IN_FORCE"
                                + " ITEMS_OUTSIDE_AGREEMENT AUTHORITY_MISSING DISPROPORTIONATE INSUFFICIENT_IDENTIFIERS SECURE_ERASE RETURNED"
                                + " SECURE_ENVIRONMENT_DEACTIVATED FOI_ANSWER PARLIAMENT PUBLICATION FILE RECOUNT UNIT_ERROR LATE_INFORMATION"
                                + " TRANSCRIPTION HOME_OFFICE DWP POLICE MOJ HMRC CABINET_OFFICE WELSH_GOVERNMENT FAMILY_COURT"
                                + " OTHER_GOVERNMENT COURT APPROVED REFUSED WITHDRAWN")
                        .split(" ", -1));
    }

    private static void assertPasses(String reference) {
        boolean isEightDigitDate = reference.matches("[0-9]{8}|LOAD-[0-9]{8}");
        if (!isEightDigitDate || Integer.parseInt(reference.replace("LOAD-", "")) < 1_000_000) {
            assertThat(Guard.inReference(reference)).as(reference).isEmpty();
            assertThat(Guard.inCode(reference)).as(reference).isEmpty();
        }
    }

    private static void assertFound(String identity, Random random) {
        assertRefused(one(BEFORE, random) + cased(identity, random) + one(AFTER, random));
    }

    private static void assertGluedFound(String identity, Random random) {
        assertRefused(one(GLUED, random)
                + cased(identity, random)
                + one(GLUED, random).replace("7-", ""));
    }

    private static void assertRefused(String text) {
        assertThat(Guard.inCode(text)).as(text).isPresent().get().isNotEqualTo(Finding.FREE_TEXT);
        assertThat(Guard.inReference(text)).as(text).isPresent().get().isNotEqualTo(Finding.FREE_TEXT);
        assertThat(Guard.inName(text)).as(text).isPresent().get().isNotEqualTo(Finding.FREE_TEXT);
    }

    /** The parts joined by one kind of separator, sometimes in full-width or Arabic-Indic signs. */
    private static String disguised(List<String> parts, List<String> separators, Random random) {
        String text = String.join(one(separators, random), parts);
        int zero = List.of('0', '0', '\uFF10', '\u0660').get(random.nextInt(4));
        return text.chars()
                .map(sign -> sign >= '0' && sign <= '9' ? sign - '0' + zero : sign)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String cased(String text, Random random) {
        return text.chars()
                .map(sign -> random.nextBoolean() ? Character.toLowerCase(sign) : Character.toUpperCase(sign))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String written(LocalDate date, String pattern) {
        return date.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    /** Modulo 23 over the digits weighted 2 to 13, as the department publishes it. */
    private static char checkLetter(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (i + 2) * (digits.charAt(i) - '0');
        }
        return CHECK_LETTERS.charAt(sum % 23);
    }

    private static long nhsCheck(long nine) {
        long sum = 0;
        for (long weight = 2, rest = nine; weight <= 10; weight++, rest /= 10) {
            sum += weight * (rest % 10);
        }
        return (11 - sum % 11) % 11;
    }
}
