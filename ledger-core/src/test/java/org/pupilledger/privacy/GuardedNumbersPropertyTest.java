package org.pupilledger.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.pupilledger.privacy.Guard.Finding;

/** Numbers with a check digit, and what is announced, are found in any disguise; a wrong check digit makes them another number. */
class GuardedNumbersPropertyTest {
    private static final List<String> GAPS =
            List.of("", " ", "-", ".", "\u00A0", "\u200B", " - ", "\n", "%20", "&nbsp;");
    private static final List<String> BEFORE = List.of("", "REF-", "7/", "card ", "DWP_");
    private static final List<String> AFTER = List.of("", "-x", " .", "/REF");
    private static final String POLICE_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";
    private static final List<String> AREAS =
            List.of("SW", "E", "EC", "M", "LS", "CV", "BT", "ZE", "W", "N", "NW", "DH", "SR", "S");

    @Property(tries = 300)
    void aCardIsFoundAndAnotherCheckDigitIsNone(@ForAll Random random) {
        String body = digit(random, 1) + digits(random, 11 + random.nextInt(7));
        String card = body + luhn(body);

        assertFound(Finding.PAYMENT_CARD_NUMBER, cut(card, 4, one(GAPS, random)), random);
        assertFound(Finding.PAYMENT_CARD_NUMBER, cut(card, 1, one(GAPS.subList(1, 4), random)), random);
        assertThat(Guard.inReference(body + (luhn(body) + 1 + random.nextInt(9)) % 10))
                .isEmpty();
    }

    @Property(tries = 300)
    void anAccountIsFoundAndAnotherCheckDigitIsNone(@ForAll Random random) {
        String bban = List.of(
                        letters(random, 4) + digits(random, 14),
                        digits(random, 18),
                        letters(random, 4) + digits(random, 10),
                        digits(random, 12))
                .get(random.nextInt(4));
        String country = bban.length() == 12 ? "BE" : bban.length() == 14 ? "NL" : bban.matches("[0-9]+") ? "DE" : "GB";
        int check = 98
                - new BigInteger(numeric(bban + country + "00"))
                        .mod(BigInteger.valueOf(97))
                        .intValue();
        String account = country + "%02d".formatted(check) + bban;
        String other = country + "%02d".formatted((check + 1 + random.nextInt(94)) % 97 + 2) + bban;

        assertFound(Finding.BANK_ACCOUNT_NUMBER, cut(account, 4, one(GAPS, random)), random);
        assertThat(Guard.inCode(other))
                .isNotEqualTo(Optional.of(other.equals(account) ? Finding.FREE_TEXT : Finding.BANK_ACCOUNT_NUMBER));
    }

    @Property(tries = 300)
    void aDrivingLicenceIsFound(@ForAll Random random) {
        int month = 1 + random.nextInt(12) + (random.nextBoolean() ? 50 : 0);
        String surname = (letters(random, 1 + random.nextInt(5)) + "9999").substring(0, 5);
        String licence = surname
                + "%s%02d%02d%s".formatted(digit(random, 0), month, 1 + random.nextInt(28), digit(random, 0))
                + letters(random, 1)
                + one(List.of("9", "A", "M"), random)
                + digit(random, 0)
                + letters(random, 2);

        assertFoundByAnyName(licence, random);
        assertFoundByAnyName(
                licence.substring(0, 5) + " " + licence.substring(5, 11) + " " + licence.substring(11), random);
        assertFound(
                Finding.DRIVING_LICENCE_NUMBER,
                one(List.of("driving licence ", "Licence no. ", "DVA ", "driver's licence: "), random)
                        + digits(random, 8).replaceFirst("^(0|19|20|4)", "55").substring(0, 8),
                new Random(0));
    }

    @Property(tries = 300)
    void aPoliceNumberIsFound(@ForAll Random random) {
        int year = 1950 + random.nextInt(77);
        int serial = random.nextInt(10_000_000);
        String pnc = "%d/%07d".formatted(year, serial);
        char right = POLICE_LETTERS.charAt((year % 100 * 10_000_000 + serial) % 23);
        assertFoundByAnyName(pnc + right, random);
        assertFoundByAnyName(pnc.replace('/', '-') + right, random);
        assertFoundByAnyName(pnc + letters(random, 1), random);

        String cro = "%06d/%02d".formatted(serial % 1_000_000, year % 100);
        char letter = POLICE_LETTERS.charAt((year % 100 * 1_000_000 + serial % 1_000_000) % 23);
        assertFoundByAnyName(cro + letter, random);
        assertFoundByAnyName(cro.replace('/', ' ') + letter, random);
        assertFoundByAnyName(cro + letters(random, 1), random);
    }

    @Property(tries = 300)
    void aPostcodeIsFound(@ForAll Random random) {
        String outward = one(AREAS, random) + digit(random, 1) + one(List.of("", "A", "7"), random);
        String inward = digit(random, 0) + one(List.of("AA", "PT", "ZB", "LX"), random);

        assertFound(Finding.POSTCODE, outward + one(GAPS, random) + inward, random);
        assertFound(Finding.POSTCODE, cut(outward + inward, 1, "-"), random);
    }

    @Property(tries = 300)
    void aBirthIsFoundWhereItIsAnnounced(@ForAll Random random) {
        String announced =
                one(List.of("DOB ", "D.O.B. ", "dob:", "born ", "Born on ", "date of birth: ", "DOB"), random);
        String date = one(
                List.of(
                        "14/03/09",
                        "140309",
                        "14.3.09",
                        "14 March 09",
                        "March 14",
                        "14th of March",
                        "1/2/2009",
                        "14 Mar",
                        "2009 03 14",
                        "14-3",
                        "3rd May '09"),
                random);

        assertFound(Finding.DATE_OF_BIRTH, announced + date, random);
    }

    @Property(tries = 300)
    void aLearnerNumberIsFoundWhereItIsAnnounced(@ForAll Random random) {
        String number = one(List.of("ULN ", "uln:", "ULN", "learner number "), random) + "5" + digits(random, 9);

        assertThat(Guard.inCode(disguised(number, random))).isPresent();
        assertThat(Guard.inReference(disguised(number, random))).isPresent();
        assertThat(Guard.inName(disguised(number, random))).isPresent();
    }

    /** It may be found as another number first; it never passes. */
    private static void assertFoundByAnyName(String number, Random random) {
        String text = one(List.of("", "7/", "REF-", "x "), random) + disguised(number, random) + one(AFTER, random);
        assertThat(Guard.inCode(text)).as(text).isPresent();
        assertThat(Guard.inReference(text)).as(text).isPresent();
        assertThat(Guard.inSource(text)).as(text).isPresent();
        assertThat(Guard.inName(text)).as(text).isPresent().get().isNotEqualTo(Finding.FREE_TEXT);
    }

    private static void assertFound(Finding finding, String number, Random random) {
        String text = one(BEFORE, random) + disguised(number, random) + one(AFTER, random);
        assertThat(Guard.inCode(text)).as(text).isPresent().get().isNotEqualTo(Finding.FREE_TEXT);
        assertThat(Guard.inName(number)).as(number).isPresent().get().isNotEqualTo(Finding.FREE_TEXT);
        assertThat(Guard.inSource(text)).as(text).isPresent();
        assertThat(List.of(Finding.values())).contains(finding);
    }

    /** In any case, and in digits of any script. */
    private static String disguised(String text, Random random) {
        int zero = List.of('0', '0', '\uFF10', '\u0660', '\u06F0').get(random.nextInt(5));
        boolean isEncoded = text.indexOf('%') >= 0 || text.indexOf('&') >= 0;
        String cased = random.nextBoolean() ? text.toLowerCase(Locale.ROOT) : text;
        return isEncoded
                ? text
                : cased.chars()
                        .map(sign -> sign >= '0' && sign <= '9' ? sign - '0' + zero : sign)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
    }

    private static String cut(String number, int size, String gap) {
        return String.join(gap, number.split("(?<=\\G.{" + size + "})"));
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String digit(Random random, int least) {
        return Integer.toString(least + random.nextInt(10 - least));
    }

    private static String digits(Random random, int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String letters(Random random, int count) {
        return random.ints(count, 'A', 'Z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static String numeric(String signs) {
        return signs.chars()
                .mapToObj(sign -> Integer.toString(Character.digit(sign, 36)))
                .collect(Collectors.joining());
    }

    /** The check digit behind a body, worked out apart from the guard. */
    static int luhn(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? 2 * digit : digit;
            sum += weighted / 10 + weighted % 10;
        }
        return (10 - sum % 10) % 10;
    }
}
