package org.pupilledger.privacy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a text that is about to enter the ledger and says why it may not, without repeating it.
 *
 * <p>What looks like an identity is refused, whether or not it is one: an event is for ever, a reference can be asked for again.
 * Letter case, width, script of digits, accents, invisible signs and separators make no difference to numbers and secrets.
 *
 * <p>It is a net, not a proof. It cannot recognise: a person's name in an organisation's name or in a slug, unless initials
 * stand beside it, or in a reference that is written like a code ({@code LEE-1}, {@code SMITH-2009}); addresses without a number
 * or a postcode; numbers without a shape of their own (passport, Home Office or case numbers of a person); a date as six
 * digits or in two groups ({@code 140309}, {@code 2009-0314}: references look the same) that nothing announces; an identity with
 * further digits directly before or after it, with letters for digits ({@code O} for {@code 0}), spelt out, encoded otherwise than
 * in URLs and web pages, cut in two fields or made to look like a UUID; a short password that nothing announces.
 */
public final class Guard {

    /** Signs of the longest text that can be a code, a reference or a name; far more than any syntax here allows. */
    public static final int MAX_LENGTH = 200;

    /** Signs of the longest text in the words of a published register. */
    public static final int MAX_TEXT_LENGTH = 500;

    private Guard() {}

    /** What was recognised; safe to show, log and count. */
    public enum Finding {
        UNIQUE_PUPIL_NUMBER("a unique pupil number"),
        UNIQUE_LEARNER_NUMBER("a unique learner number"),
        NATIONAL_INSURANCE_NUMBER("a national insurance number"),
        NHS_NUMBER("an NHS number"),
        DATE_OF_BIRTH("a date of birth"),
        EMAIL_ADDRESS("an e-mail address"),
        TELEPHONE_NUMBER("a telephone number"),
        PAYMENT_CARD_NUMBER("the number of a payment card"),
        BANK_ACCOUNT_NUMBER("the number of a bank account"),
        DRIVING_LICENCE_NUMBER("the number of a driving licence"),
        PNC_ID("a number of the Police National Computer"),
        CRO_NUMBER("a number of the Criminal Records Office"),
        POSTCODE("a postcode"),
        STREET_ADDRESS("a street address"),
        PERSON_NAME("a person's name"),
        SECRET("a password, key or other secret"),
        HASH("a hash, which may stand for a person"),
        FREE_TEXT("free text");

        private final String label;

        Finding(String label) {
            this.label = label;
        }

        /** Plain English with its article, to follow "looks like". */
        public String label() {
            return label;
        }

        /** For problem codes and metrics: {@code date-of-birth}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A code, or any other value from a list or with a syntax of its own ({@code SCHOOL_REGISTRATION_CHECK}).
     *
     * @return what looks like an identity or a secret; {@code FREE_TEXT} for white space, anything but visible ASCII, or more
     *     than {@value #MAX_LENGTH} signs; empty if the text may pass (an empty text does: its syntax refuses it)
     */
    public static Optional<Finding> inCode(String text) {
        return find(text, (plain, folded) -> codeFinding(folded));
    }

    /**
     * A reference that a department or court gave to a request. Stricter than {@link #inCode}, because it is the one place
     * where people type what they like: digits carry a reference, words carry a name.
     *
     * <p>Refused as {@code FREE_TEXT}, besides: more than 8 letters in a row; two words (3 letters or more) that are not among
     * the words references are made with; one such word written like a name ({@code Smith}). Letters A to F
     * alone are hexadecimal digits, not a word.
     */
    public static Optional<Finding> inReference(String text) {
        return find(text, (plain, folded) -> or(codeFinding(folded), () -> Names.inReference(plain)));
    }

    /**
     * The public reference of a source, an authority or a document. Letters name a series, digits its number; words are those of
     * a public slug, in small letters and few; everything else is {@code FREE_TEXT}, as in {@link #inCode}.
     */
    public static Optional<Finding> inSource(String text) {
        return find(text, (plain, folded) -> or(codeFinding(folded), () -> Names.inSource(plain)));
    }

    /**
     * The same beside the day on which the source was published: that day in it, however it is written, is no date of birth.
     *
     * @param published null where it is not told, or only its month is
     */
    public static Optional<Finding> inSource(String text, @Nullable LocalDate published) {
        return inSource(published == null ? text : without(text, published));
    }

    /** With the year alone in place of a day, however that is written. */
    private static String without(String text, LocalDate day) {
        return spellings(day).matcher(text).replaceAll(Integer.toString(day.getYear()));
    }

    /**
     * {@code 2024-02-05}, {@code 05_02_2024}, {@code 5.2.24}, {@code 20240205}, {@code 5-February-2024}, {@code 5feb2024},
     * {@code 5th_february_2024}, {@code february_5_2024}, {@code 2024_february_05}, {@code 5 February 2024}.
     */
    private static Pattern spellings(LocalDate day) {
        String year = Integer.toString(day.getYear());
        String between = "[._/ -]";
        String orNone = "(?:" + between + "|, )?";
        String name = day.getMonth().name();
        String word = name.substring(0, 3) + "(?:" + name.substring(3) + ")?";
        String month = twoDigits(day.getMonthValue());
        String date = twoDigits(day.getDayOfMonth());
        String number = "0?" + day.getMonthValue();
        String of = "0?" + day.getDayOfMonth();
        String nth = of + "(?:st|nd|rd|th)?";
        return Pattern.compile(
                "(?<![0-9])(?:"
                        + String.join(
                                "|",
                                year + month + date,
                                date + month + year,
                                year + between + number + between + of,
                                of + between + number + between + "(?:" + year + "|" + year.substring(2) + ")",
                                nth + orNone + word + orNone + year,
                                "(?<![a-z])" + word + orNone + nth + "(?:" + between + "|, )" + year,
                                year + orNone + word + orNone + nth + "(?![a-z])")
                        + ")(?![0-9])",
                Pattern.CASE_INSENSITIVE);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /**
     * The public name of an organisation: words, accents and spaces are allowed; identities and secrets are not, nor initials
     * with a surname, addresses and days of the year.
     *
     * @return {@code FREE_TEXT} for control and invisible signs, letters of other scripts than Latin (they can pose as Latin
     *     ones), or more than {@value #MAX_LENGTH} signs
     */
    public static Optional<Finding> inName(String text) {
        return inWords(text, MAX_LENGTH);
    }

    /** The words of a published register, such as the title of an agreement: the same, up to {@value #MAX_TEXT_LENGTH} signs. */
    public static Optional<Finding> inText(String text) {
        return inWords(text, MAX_TEXT_LENGTH);
    }

    /**
     * The same beside the days that stand in date fields of what it belongs to: such a day in it, however it is written, is no
     * date of birth.
     */
    public static Optional<Finding> inText(String text, Collection<LocalDate> days) {
        String other = text;
        for (LocalDate day : days) {
            other = without(other, day);
        }
        return text.length() > MAX_TEXT_LENGTH ? inText(text) : inText(other);
    }

    private static Optional<Finding> inWords(String text, int maxLength) {
        return find(text, maxLength, (plain, folded) -> {
            Finding finding = or(identityOrSecret(folded), () -> Names.inName(folded.plain(), folded));
            boolean isHidden = !folded.graphic() && !plain.codePoints().allMatch(Guard::mayBeInName);
            return finding == null && isHidden ? Finding.FREE_TEXT : finding;
        });
    }

    /**
     * The value of a date field. A date is what belongs there, so dates pass in any spelling, and the syntax decides;
     * everything else that looks like an identity or a secret is refused.
     */
    public static Optional<Finding> inDate(String text) {
        return find(text, (plain, folded) -> identityOrSecretButDate(folded));
    }

    /** Looks at the text as it came, and as it is meant where signs of it are encoded. */
    private static Optional<Finding> find(String text, BiFunction<String, Folded, @Nullable Finding> look) {
        return find(text, MAX_LENGTH, look);
    }

    private static Optional<Finding> find(
            String text, int maxLength, BiFunction<String, Folded, @Nullable Finding> look) {
        if (text.length() > maxLength) {
            return Optional.of(Finding.FREE_TEXT);
        }
        Finding finding = look.apply(text, Folded.of(text));
        String decoded = Encoded.decoded(text);
        if (decoded.equals(text) || (finding != null && finding != Finding.FREE_TEXT)) {
            return Optional.ofNullable(finding);
        }
        Finding meant = look.apply(decoded, Folded.of(decoded));
        return Optional.ofNullable(meant == null ? finding : meant);
    }

    private static @Nullable Finding or(@Nullable Finding finding, Supplier<@Nullable Finding> otherwise) {
        return finding == null ? otherwise.get() : finding;
    }

    private static @Nullable Finding codeFinding(Folded text) {
        Finding finding = identityOrSecret(text);
        return finding == null && !text.graphic() ? Finding.FREE_TEXT : finding;
    }

    private static @Nullable Finding identityOrSecret(Folded text) {
        if (Identities.isRandomId(text)) {
            return null;
        }
        Finding finding = identityOrSecretButDate(text);
        finding = finding == null ? Identities.findDate(text) : finding;
        return finding == null ? Numbers.findBirth(text) : finding;
    }

    private static @Nullable Finding identityOrSecretButDate(Folded text) {
        Finding finding = Secrets.find(text);
        finding = finding == null ? Identities.find(text) : finding;
        return finding == null ? Numbers.find(text) : finding;
    }

    private static boolean mayBeInName(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.OTHER_NUMBER,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> !Character.isLetter(point) || Character.UnicodeScript.of(point) == Character.UnicodeScript.LATIN;
        };
    }
}
