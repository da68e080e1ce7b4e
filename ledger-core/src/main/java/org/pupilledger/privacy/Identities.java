package org.pupilledger.privacy;

import static org.pupilledger.privacy.Guard.Finding.DATE_OF_BIRTH;
import static org.pupilledger.privacy.Guard.Finding.EMAIL_ADDRESS;
import static org.pupilledger.privacy.Guard.Finding.NATIONAL_INSURANCE_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.NHS_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.TELEPHONE_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.UNIQUE_LEARNER_NUMBER;
import static org.pupilledger.privacy.Guard.Finding.UNIQUE_PUPIL_NUMBER;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Guard.Finding;

/**
 * The shapes of what identifies one person.
 *
 * <p>Two ideas keep department references apart from identities. Letters glued to a number may be anything ("REFQQ123456C"
 * hides one), but a word beside it, after a separator, is a word. And a year in a group of its own, beside a serial number, is
 * how references are written, never how the numbers of people are.
 *
 * <p>Every quantifier is bounded, and a separator can never be taken for a digit, so the time is linear in the text.
 */
final class Identities {

    private static final Pattern PUPIL_NUMBER = shape("(?:[A-Z]|(?<![A-Z])[A-Z]~)"
            + "(?!(?:19|20)##~#{7,8}(?!#))"
            + "#(?:~?#){10}(?:~?#(?!#)|[A-Z]|~[A-Z](?![A-Z0-9]))");

    private static final String NINO_PREFIX = "(?:(?<![A-Z])[A-Z]~?[A-Z]~?|[A-Z][A-Z])";
    private static final String NINO_DIGITS =
            "(?!(?:19|20)##~##(?!#)|##~(?:19|20)##(?!#))" + "(?:##~?##~?##|###~###|#(?:~#){5})";

    /** Any two letters, so that the specimens (QQ) and the withdrawn prefixes count too. TN began temporary numbers. */
    private static final Pattern INSURANCE_NUMBER = shape(NINO_PREFIX + NINO_DIGITS + "(?:[A-D]|~[A-D](?![A-Z0-9]))"
            + "|TN~?" + NINO_DIGITS + "~?[FMPX](?![A-Z])"
            + "|(?<![A-Z])[A-Z]{2}~?##~##~##(?!#)");

    /** A first 00 is no number of a person, but how counters are padded. */
    private static final Pattern TEN_DIGITS =
            shape("(?<!#)(?!0~?0)(?:#{10}|###~###~####|#{5}~#{5}|##(?:~##){4}|#(?:~#){9})(?!#)");

    private static final Pattern TELEPHONE = shape("(?<!#)(?=[04])"
            // 07/2023/00123, DS01234-2023-07 and 0112345/2024 are references
            + "(?!##~(?:19|20)##~)(?![-+0-9]{1,9}~(?:19|20)##~##(?!#))(?!#{7}~(?:19|20)##(?!#))"
            + "(?:0~?[18](?:~?#){8,9}|0~?[235679](?:~?#){9}|0~?0~?4~?4(?:~?0)?~?[1-9](?:~?#){8,9}|44~?7(?:~?#){9})(?!#)"
            + "|[+]#(?:~?#){7,14}(?!#)");

    private static final String DAY = "(?:0?[1-9]|[12]#|3[01])";
    private static final String TWO_DIGIT_DAY = "(?:0[1-9]|[12]#|3[01])";
    private static final String MONTH = "(?:0?[1-9]|1[0-2])";
    private static final String TWO_DIGIT_MONTH = "(?:0[1-9]|1[0-2])";
    /** No clock here: 2039 leaves room, and keeps most eight-digit numbers out. */
    private static final String YEAR = "(?:19##|20[0-3]#)";

    private static final Pattern EIGHT_DIGIT_DATE = shape("(?<!#)(?:"
            + YEAR + TWO_DIGIT_MONTH + TWO_DIGIT_DAY
            + "|" + TWO_DIGIT_DAY + TWO_DIGIT_MONTH + YEAR
            + "|" + TWO_DIGIT_MONTH + TWO_DIGIT_DAY + YEAR + ")(?!#)");

    private static final Pattern DIVIDED_DATE = shape("(?<!#)(?:"
            + YEAR + "~" + MONTH + "~" + DAY
            + "|" + DAY + "~" + MONTH + "~" + YEAR
            + "|" + MONTH + "~" + DAY + "~" + YEAR
            + "|" + TWO_DIGIT_DAY + "~" + TWO_DIGIT_MONTH + "~##"
            + "|" + TWO_DIGIT_MONTH + "~" + TWO_DIGIT_DAY + "~##"
            + "|##~" + TWO_DIGIT_MONTH + "~" + TWO_DIGIT_DAY + ")(?!#)");

    private static final List<String> MONTH_BEGINNINGS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private static final String MONTH_NAME = "(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?"
            + "|AUG(?:UST)?|SEP(?:T(?:EMBER)?)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)";
    private static final String ORDINAL = "(?:~?(?:ST|ND|RD|TH))?";

    private static final Pattern WRITTEN_DATE =
            shape("(?<!#)" + DAY + ORDINAL + "(?:~?OF)?~?" + MONTH_NAME + "~?(?:" + YEAR + "|##)(?!#)"
                    + "|(?<!#)" + YEAR + "~?" + MONTH_NAME + "~?" + DAY + "(?!#)"
                    + "|" + MONTH_NAME + "~?" + DAY + ORDINAL + "~?" + YEAR + "(?!#)"
                    + "|" + MONTH_NAME + "~" + DAY + ORDINAL + "~##(?!#)");

    private static final Pattern AT_IN_BRACKETS = Pattern.compile("[(\\[]\\s?at\\s?[)\\]]", Pattern.CASE_INSENSITIVE);

    private static final Pattern UUID =
            Pattern.compile("[0-9A-F]{8}-[0-9A-F]{4}-[1-8][0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}");

    private static final int LENGTH_OF_A_UUID = 36;
    /** A random one has fewer once in 10,000 times; a counter or an identity in the form of one has. */
    private static final int FEWEST_LETTERS_OF_A_UUID = 4;

    private static final int FEWEST_DIGITS_OF_A_DATE = 3;

    private Identities() {}

    /** One UUID in twenty holds the shape of an identity by chance. */
    static boolean isRandomId(Folded text) {
        return text.runs().length() == LENGTH_OF_A_UUID
                && text.letters() >= FEWEST_LETTERS_OF_A_UUID
                && UUID.matcher(text.runs()).matches();
    }

    /** Everything but dates. */
    static @Nullable Finding find(Folded text) {
        if (isEmailAddress(text.plain())) {
            return EMAIL_ADDRESS;
        }
        if (text.digits() >= 11 && text.letters() >= 1 && has(PUPIL_NUMBER, text)) {
            return UNIQUE_PUPIL_NUMBER;
        }
        if (text.digits() >= 6 && text.letters() >= 2 && has(INSURANCE_NUMBER, text)) {
            return NATIONAL_INSURANCE_NUMBER;
        }
        boolean mayBeTelephone =
                text.digits() >= 10 || (text.digits() >= 8 && text.runs().indexOf('+') >= 0);
        if (mayBeTelephone && has(TELEPHONE, text)) {
            return TELEPHONE_NUMBER;
        }
        return text.digits() >= 10 ? inTenDigits(text) : null;
    }

    /** What is cheap to count is asked first: it spares nearly every code the patterns. */
    static @Nullable Finding findDate(Folded text) {
        if (text.digits() < FEWEST_DIGITS_OF_A_DATE) {
            return null;
        }
        boolean found = (text.digits() >= 8 && has(EIGHT_DIGIT_DATE, text))
                || (text.numbers() >= 3 && has(DIVIDED_DATE, text))
                || (text.letters() >= 3 && text.hasOneOf(MONTH_BEGINNINGS) && has(WRITTEN_DATE, text));
        return found ? DATE_OF_BIRTH : null;
    }

    private static boolean isEmailAddress(String plain) {
        boolean hasBracket = plain.indexOf('(') >= 0 || plain.indexOf('[') >= 0;
        return plain.indexOf('@') >= 0
                || (hasBracket && AT_IN_BRACKETS.matcher(plain).find());
    }

    private static @Nullable Finding inTenDigits(Folded text) {
        Matcher matcher = TEN_DIGITS.matcher(text.runs());
        for (int from = 0; matcher.find(from); from = matcher.start() + 1) {
            String digits = matcher.group().replace("-", "").replace("+", "");
            int remainder = remainderOf11(digits);
            int check = digits.charAt(9) - '0';
            if ((11 - remainder) % 11 == check) {
                return NHS_NUMBER;
            }
            if (remainder != 0 && 10 - remainder == check) {
                return UNIQUE_LEARNER_NUMBER;
            }
        }
        return null;
    }

    /** The first nine digits, weighted 10 to 2, modulo 11: what NHS and learner numbers have in common. */
    private static int remainderOf11(String digits) {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += (10 - i) * (digits.charAt(i) - '0');
        }
        return sum % 11;
    }

    private static boolean has(Pattern pattern, Folded text) {
        return pattern.matcher(text.runs()).find();
    }

    /** A pattern over {@link Folded#runs}: {@code #} is a digit, {@code ~} a separator. */
    static Pattern shape(String notation) {
        return Pattern.compile(notation.replace("#", "[0-9]").replace("~", "[-+]"));
    }
}
