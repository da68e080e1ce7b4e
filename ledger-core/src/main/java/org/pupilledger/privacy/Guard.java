package org.pupilledger.privacy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a text that is about to enter the ledger and says why it may not, without repeating it.
 *
 * <p>What looks like an identity is refused, whether or not it is one: an event is for ever, a reference can be asked for again.
 * Letter case, width, script of digits, accents, invisible signs and separators make no difference to numbers and secrets.
 *
 * <p>It is a net, not a proof. It cannot recognise: a person's name where words are allowed (source references, names of
 * organisations, codes) or in a reference that is written like a code ({@code LEE-1}, {@code SMITH-2009}); postcodes and
 * addresses; numbers without a shape of their own (passport, police, Home Office or case numbers of a person); a date as six
 * digits or in two groups ({@code 140309}, {@code 2009-0314}: references look the same); an identity with further digits
 * directly before or after it, with letters for digits ({@code O} for {@code 0}), spelt out, encoded, cut in two fields or made to look
 * like a UUID;
 * a short password that nothing announces.
 */
public final class Guard {

    /** Signs of the longest text that can be a code, a reference or a name; far more than any syntax here allows. */
    public static final int MAX_LENGTH = 200;

    /** Letters in a row; {@code HCWS} has four, words have more. */
    private static final int LONGEST_LETTER_RUN = 8;
    /** Fewer letters in a row are no word: {@code HO}, {@code PQ}, {@code DS}. */
    private static final int SHORTEST_WORD = 3;

    private static final Set<String> REFERENCE_WORDS =
            Set.of(("ANNEX BATCH CASE CHECK COURT CPS DEMO DFE DSA DSAP DWP FILE FOI GMP HCWS HLWS HMRC HOME ICO IMPORT"
                            + " LETTER LINE MATCH MET MOJ MOU NAO NCA NPD OFFICE ORDER OSR PART POLICE REF REFERENCE REQ"
                            + " REQUEST REV SERIES TEST UKVI VERSION")
                    .split(" ", -1));

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
     * A code, a source reference or any other value with a syntax of its own, in which words are allowed
     * ({@code SCHOOL_REGISTRATION_CHECK}, {@code pupil_data_dwp_pupil_matching_re}).
     *
     * @return what looks like an identity or a secret; {@code FREE_TEXT} for white space, anything but visible ASCII, or more
     *     than {@value #MAX_LENGTH} signs; empty if the text may pass (an empty text does: its syntax refuses it)
     */
    public static Optional<Finding> inCode(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of(Finding.FREE_TEXT);
        }
        return Optional.ofNullable(codeFinding(Folded.of(text)));
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
        if (text.length() > MAX_LENGTH) {
            return Optional.of(Finding.FREE_TEXT);
        }
        Folded folded = Folded.of(text);
        Finding finding = codeFinding(folded);
        if (finding == null && isWordy(text)) {
            finding = Finding.FREE_TEXT;
        }
        return Optional.ofNullable(finding);
    }

    /**
     * The public name of an organisation: words, accents and spaces are allowed; identities and secrets are not.
     *
     * @return {@code FREE_TEXT} for control and invisible signs, letters of other scripts than Latin (they can pose as Latin
     *     ones), or more than {@value #MAX_LENGTH} signs
     */
    public static Optional<Finding> inName(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of(Finding.FREE_TEXT);
        }
        Folded folded = Folded.of(text);
        Finding finding = identityOrSecret(folded);
        if (finding == null && !folded.graphic() && !text.codePoints().allMatch(Guard::mayBeInName)) {
            finding = Finding.FREE_TEXT;
        }
        return Optional.ofNullable(finding);
    }

    /**
     * The value of a date field. A date is what belongs there, so dates pass in any spelling, and the syntax decides;
     * everything else that looks like an identity or a secret is refused.
     */
    public static Optional<Finding> inDate(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of(Finding.FREE_TEXT);
        }
        return Optional.ofNullable(identityOrSecretButDate(Folded.of(text)));
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
        return finding == null ? Identities.findDate(text) : finding;
    }

    private static @Nullable Finding identityOrSecretButDate(Folded text) {
        Finding finding = Secrets.find(text);
        return finding == null ? Identities.find(text) : finding;
    }

    private static boolean isWordy(String reference) {
        int unknownWords = 0;
        int start = 0;
        for (int end = 0; end <= reference.length(); end++) {
            if (end < reference.length() && Character.isLetter(reference.charAt(end))) {
                continue;
            }
            int from = start;
            start = end + 1;
            if (end - from < SHORTEST_WORD) {
                continue;
            }
            String word = reference.substring(from, end);
            if (isReferenceWord(word)) {
                continue;
            }
            unknownWords++;
            if (unknownWords > 1 || word.length() > LONGEST_LETTER_RUN || isWrittenLikeName(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReferenceWord(String word) {
        boolean isHex = word.chars().allMatch(letter -> Character.digit(letter, 16) >= 0);
        return isHex || REFERENCE_WORDS.contains(word.toUpperCase(Locale.ROOT));
    }

    private static boolean isWrittenLikeName(String word) {
        return Character.isUpperCase(word.charAt(0)) && Character.isLowerCase(word.charAt(1));
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
