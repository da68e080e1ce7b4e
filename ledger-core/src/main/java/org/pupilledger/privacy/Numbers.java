package org.pupilledger.privacy;

import static org.pupilledger.privacy.Guard.Finding.BANK_ACCOUNT_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.CRO_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.DATE_OF_BIRTH;
import static org.pupilledger.privacy.Guard.Finding.DRIVING_LICENCE_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.PAYMENT_CARD_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.PNC_ID;
import static org.pupilledger.privacy.Guard.Finding.POSTCODE;
import static org.pupilledger.privacy.Guard.Finding.UNIQUE_LEARNER_NUMBER;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Guard.Finding;

/**
 * Numbers of cards, accounts, licences and police records, postcodes, and what a word announces. A check digit or letter decides
 * where there is one; a police number with its slash is refused whatever its letter. Notation and bounds as in {@link Identities}.
 */
final class Numbers {
    private static final int FEWEST_DIGITS_OF_A_CARD = 13;
    private static final int MOST_DIGITS_OF_A_CARD = 19;
    private static final int FEWEST_SIGNS_OF_AN_ACCOUNT = 15;
    private static final int FEWEST_DIGITS_OF_AN_ACCOUNT = 8;
    private static final int SIGNS_OF_A_LICENCE = 16;

    /** Digits, one separator between groups at the most. */
    private static final Pattern GROUPS = shape("#(?:~?#){12,}+");

    private static final Pattern YEAR_IN_A_GROUP = shape("(?<![0-9])(?:19|20)##(?![0-9])");
    private static final Pattern CARD_GROUPS = shape("#{4}(?:~#{4}){2,3}(?:~#{1,4})?|#{4}~#{6}~#{4,5}|#(?:~#)*");

    /** Five signs of the surname, birth date with 5 added to the month of a woman, initials, three signs more. */
    private static final Pattern DRIVING_LICENCE = shape("[A-Z](?:~?[A-Z9]){4}~?#~?(?:[05]~?[1-9]|[16]~?[0-2])"
            + "~?(?:0~?[1-9]|[12]~?#|3~?[01])~?#(?:~?[A-Z9]){2}~?[A-Z0-9](?:~?[A-Z]){2}");

    private static final Pattern ANNOUNCED_LICENCE = shape(
            "(?:DRIV(?:ING|ERS?)~?LICEN[CS]E|LICEN[CS]E|DVLNI|DVANI|DVA|(?<![A-Z])DL)(?:~?(?:NO|NUMBER|NUM|NI|IS))*+"
                    + "~?#(?:~?#){7}(?!~?#)");

    private static final Pattern ANNOUNCED_LEARNER =
            shape("(?:U~?L~?N|LEARNER~?(?:NUMBER|NUM|NO|ID))(?:~?(?:NO|NUMBER|NUM|IS))*+~?#(?:~?#){9}(?!#)");

    private static final List<String> LEARNER_WORDS = List.of("UL", "U-L", "LEARNER");
    private static final List<String> LICENCE_WORDS = List.of("LICEN", "DV", "DL");

    private static final String MONTH = "(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";

    /** {@code born 2009} says too little, and is said of year groups; {@code DATE_OF_BIRTH} alone is a code. */
    private static final Pattern ANNOUNCED_BIRTH =
            shape("(?<![A-Z])(?:D~?O~?B|(?:DATE|DAY)~?OF~?BIRTH|BIRTH~?(?:DATE|DAY)|BIRTH(?=~#{1,2}~#)"
                    + "|BORN(?!(?:~(?:IN|ABOUT))?~(?:19|20)##(?![0-9])(?!~(?:#{1,2}~#{1,2}(?![0-9])|" + MONTH + "))))"
                    + "(?:~?(?:ON|IN|IS|WAS|THE))*+~?(?:(?:#~?){2}|#~?(?:ST|ND|RD|TH)?~?(?:OF~?)?" + MONTH + "|" + MONTH
                    + "[A-Z]{0,6}~?#)"
                    + "|(?<![0-9])(?:#{6}|##~##~##)~?D~?O~?B(?![A-Z])");

    private static final List<String> BIRTH_WORDS = List.of("DOB", "D-O", "DO-B", "D+O", "BORN", "BIRTH");

    private static final Pattern AREA_AND_REST = shape("(?=([A-Z]~?[A-Z]?)~?#)"
            // as one word, which others may touch, or in any pieces but then by itself
            + "(?:[A-Z]{1,2}#[0-9A-Z]?~?#[ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])"
            + "|(?<![A-Z0-9])[A-Z]~?[A-Z]?~?#~?[0-9A-Z]?~?#~?[ABD-HJLNP-UW-Z]~?[ABD-HJLNP-UW-Z](?![A-Z0-9]))");

    private static final String AREAS =
            " AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN"
                    + " EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME"
                    + " MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST"
                    + " SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ";

    /** Sign between year or serial number and the rest, in any of its forms. */
    private static final String SLASH = "\\s?[/\\\\\u2044\u2215\u29F8]\\s?";

    private static final Pattern PNC_WITH_SLASH = Pattern.compile(
            "(?<![0-9])(?:19|20)[0-9]{2}" + SLASH + "[0-9]{7}\\s?[A-Z](?![A-Z0-9])", Pattern.CASE_INSENSITIVE);
    private static final Pattern CRO_WITH_SLASH =
            Pattern.compile("(?<![0-9])[0-9]{6}" + SLASH + "[0-9]{2}\\s?[A-Z](?![A-Z0-9])", Pattern.CASE_INSENSITIVE);
    private static final Pattern PNC = shape("(?<![0-9])(?:19|20)(##)~?(#{7})~?([A-Z])(?![A-Z0-9])");
    private static final Pattern CRO = shape("(?<![0-9])(#{6})~?(##)~?([A-Z])(?![A-Z0-9])");
    /** As they are said and typed: the year without its century, the serial number without its leading zeros. */
    private static final Pattern SHORT_PNC = Pattern.compile(
            "(?<![0-9])([0-9]{2})" + SLASH + "([0-9]{3,7})([A-Z])(?![A-Z0-9])", Pattern.CASE_INSENSITIVE);

    private static final Pattern SHORT_CRO = Pattern.compile(
            "(?<![0-9])([0-9]{3,5})" + SLASH + "([0-9]{2})([A-Z])(?![A-Z0-9])", Pattern.CASE_INSENSITIVE);

    /** Of a search file, whose letters are made in another way. */
    private static final Pattern SEARCH_FILE_CRO = shape("(?<![A-Z])S~?F~?##(?:~#{1,6}|#{5,6})~?[A-Z](?![A-Z0-9])");

    private static final int DIGITS_OF_A_PNC_SERIAL = 7;
    private static final int DIGITS_OF_A_CRO_SERIAL = 6;
    private static final int FEWEST_DIGITS_OF_A_POLICE_NUMBER = 3;
    private static final String POLICE_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";

    /** Signs of an account number by country, as SWIFT's registry of IBAN formats has them. */
    private static final Map<String, Integer> ACCOUNT_LENGTHS = Pattern.compile("([A-Z]{2})([0-9]{2})")
            .matcher(
                    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18"
                            + "FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25"
                            + "MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19"
                            + "SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30")
            .results()
            .collect(Collectors.toUnmodifiableMap(match -> match.group(1), match -> Integer.valueOf(match.group(2))));

    private Numbers() {}

    /** What is cheap to count is asked first: nearly every code is done without a pattern. */
    static @Nullable Finding find(Folded text) {
        int letters = text.letters();
        int digits = text.digits();
        if (digits < 2) {
            return null;
        }
        if (digits >= FEWEST_DIGITS_OF_A_CARD && hasCard(text)) {
            return PAYMENT_CARD_NUMBER;
        }
        if (letters == 0) {
            return null;
        }
        boolean mayBeAccount = letters + digits >= FEWEST_SIGNS_OF_AN_ACCOUNT && digits >= FEWEST_DIGITS_OF_AN_ACCOUNT;
        if (mayBeAccount && hasAccount(text.runs())) {
            return BANK_ACCOUNT_NUMBER;
        }
        if ((letters + digits >= SIGNS_OF_A_LICENCE && digits >= 6 && has(DRIVING_LICENCE, text))
                || (digits >= 8 && text.hasOneOf(LICENCE_WORDS) && has(ANNOUNCED_LICENCE, text))) {
            return DRIVING_LICENCE_NUMBER;
        }
        Finding police = digits < FEWEST_DIGITS_OF_A_POLICE_NUMBER ? null : findPolice(text);
        if (police != null) {
            return police;
        }
        if (digits >= 10 && text.hasOneOf(LEARNER_WORDS) && has(ANNOUNCED_LEARNER, text)) {
            return UNIQUE_LEARNER_NUMBER;
        }
        return letters >= 3 && hasPostcode(text) ? POSTCODE : null;
    }

    private static @Nullable Finding findPolice(Folded text) {
        String plain = text.plain();
        int digits = text.digits();
        if ((digits >= 11 && (PNC_WITH_SLASH.matcher(plain).find() || isChecked(PNC, text.runs(), 1, 2)))
                || (digits >= 5 && isChecked(SHORT_PNC, plain, 1, 2))) {
            return PNC_ID;
        }
        boolean isCro = (digits >= 8 && (CRO_WITH_SLASH.matcher(plain).find() || isChecked(CRO, text.runs(), 2, 1)))
                || (digits >= 5 && isChecked(SHORT_CRO, plain, 2, 1))
                || SEARCH_FILE_CRO.matcher(text.runs()).find();
        return isCro ? CRO_NUMBER : null;
    }

    /** A date in any form, where a word says whose it is. */
    static @Nullable Finding findBirth(Folded text) {
        return text.hasOneOf(BIRTH_WORDS) && has(ANNOUNCED_BIRTH, text) ? DATE_OF_BIRTH : null;
    }

    private static boolean hasCard(Folded text) {
        return GROUPS.matcher(text.runs()).results().anyMatch(match -> hasCard(match.group()));
    }

    /** Looks at every run of whole groups. */
    private static boolean hasCard(String groups) {
        for (int start = 0; start < groups.length(); start++) {
            boolean begins = isDigit(groups, start) && !isDigit(groups, start - 1) && groups.charAt(start) != '0';
            int count = 0;
            for (int end = start; begins && end < groups.length() && count <= MOST_DIGITS_OF_A_CARD; end++) {
                count += isDigit(groups, end) ? 1 : 0;
                boolean ends = isDigit(groups, end) && !isDigit(groups, end + 1);
                if (ends
                        && count >= FEWEST_DIGITS_OF_A_CARD
                        && count <= MOST_DIGITS_OF_A_CARD
                        && isCard(groups.substring(start, end + 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A year in a group of its own is how references are written, unless the groups are those of a card. */
    private static boolean isCard(String groups) {
        int sum = 0;
        int place = 0;
        for (int i = groups.length() - 1; i >= 0; i--) {
            if (isDigit(groups, i)) {
                int digit = groups.charAt(i) - '0';
                int weighted = place % 2 == 0 ? digit : 2 * digit;
                sum += weighted > 9 ? weighted - 9 : weighted;
                place++;
            }
        }
        return sum % 10 == 0
                && (CARD_GROUPS.matcher(groups).matches()
                        || !YEAR_IN_A_GROUP.matcher(groups).find());
    }

    private static boolean isDigit(String text, int index) {
        return index >= 0 && index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean hasAccount(String runs) {
        String signs = runs.replace("-", "").replace("+", "");
        for (int i = 0; i + FEWEST_SIGNS_OF_AN_ACCOUNT <= signs.length(); i++) {
            int length = ACCOUNT_LENGTHS.getOrDefault(signs.substring(i, i + 2), Integer.MAX_VALUE);
            if (length <= signs.length() - i
                    && isDigit(signs, i + 2)
                    && isDigit(signs, i + 3)
                    && isAccount(signs.substring(i, i + length))) {
                return true;
            }
        }
        return false;
    }

    /** Modulo 97 with the first four signs behind the others, letters as 10 to 35 (ISO 13616). */
    private static boolean isAccount(String signs) {
        String turned = signs.substring(4) + signs.substring(0, 4);
        int remainder = 0;
        for (int i = 0; i < turned.length(); i++) {
            int value = Character.digit(turned.charAt(i), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder == 1;
    }

    private static boolean isChecked(Pattern pattern, String text, int year, int serial) {
        return pattern.matcher(text).results().anyMatch(match -> isChecked(match, year, serial));
    }

    private static boolean isChecked(MatchResult match, int year, int serial) {
        int size = year < serial ? DIGITS_OF_A_PNC_SERIAL : DIGITS_OF_A_CRO_SERIAL;
        String number = match.group(serial);
        String whole = match.group(year) + "0".repeat(size - number.length()) + number;
        char letter = POLICE_LETTERS.charAt(Integer.parseInt(whole) % POLICE_LETTERS.length());
        return letter == Character.toUpperCase(match.group(3).charAt(0));
    }

    private static boolean hasPostcode(Folded text) {
        Matcher matcher = AREA_AND_REST.matcher(text.runs());
        for (int from = 0; matcher.find(from); from = matcher.start() + 1) {
            String area = matcher.group(1).replace("-", "").replace("+", "");
            if (AREAS.contains(" " + area + " ")) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Pattern pattern, Folded text) {
        return pattern.matcher(text.runs()).find();
    }

    private static Pattern shape(String notation) {
        return Identities.shape(notation);
    }
}
