package org.pupilledger.privacy;

import static org.pupilledger.privacy.Guard.Finding.DATE_OF_BIRTH;
import static org.pupilledger.privacy.Guard.Finding.FREE_TEXT;
import static org.pupilledger.privacy.Guard.Finding.PERSON_NAME;
import static org.pupilledger.privacy.Guard.Finding.STREET_ADDRESS;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Guard.Finding;

/** Words: those that references and public slugs are made with, and those that are a person's name or address. */
final class Names {
    /** Letters in a row; {@code HCWS} has four, words have more. */
    private static final int LONGEST_LETTER_RUN = 8;
    /** Fewer letters in a row are no word: {@code HO}, {@code PQ}, {@code DS}. */
    private static final int SHORTEST_WORD = 3;
    /** {@code SRC-12} may be the name of a series; {@code JOHN-12} is that of a person. */
    private static final int LONGEST_ABBREVIATION = 3;

    private static final int MOST_WORDS_OF_A_SLUG = 8;

    private static final Set<String> REFERENCE_WORDS =
            words("ANNEX BATCH CASE CHECK COURT CPS DEMO DFE DPIA DSA DSAP DWP FILE FOI GMP HCWS HLWS HMRC HOME ICO"
                    + " IMPORT LETTER LINE MATCH MET MOJ MOU NAO NCA NEWS NPD OFFICE ORDER OSR PART POLICE PRESS REF"
                    + " REFERENCE REQ REQUEST REV SERIES TEST UIN UKVI VERSION");

    /** A public slug says what it is about, and has at least one of these. */
    private static final Set<String> SLUG_WORDS =
            words("ACCESS AGREEMENT AGREEMENTS ANSWER ANSWERS ASSESSMENT ATTAINMENT CHILDREN CORRECTION DATA DATABASE"
                    + " DISCLOSURE EDUCATION EXTERNAL FIGURES GOVERNMENT IMPACT INFORMATION MATCHING MEMORANDUM"
                    + " NATIONALITY PARLIAMENT PUBLICATION PUBLICATIONS PUPIL PUPILS QUESTION RECORDS RELEASE REQUESTS"
                    + " SCHOOL SCHOOLS SHARE SHARES SHARING STATEMENT STATISTICS TRANSPARENCY");

    private static final String STREET =
            "(?:STREET|ROAD|AVENUE|LANE|CLOSE|DRIVE|WAY|PLACE|SQUARE|TERRACE|CRESCENT|GARDENS"
                    + "|GROVE|HILL|ROW|MEWS|WALK|RISE|ST|RD|AVE|LN|CRES)(?![A-Z])";

    private static final Pattern ADDRESS = Identities.shape("(?<![0-9])#{1,4}[A-Z]?~(?:[A-Z]{1,20}~){0,3}" + STREET
            + "|(?<![A-Z])" + STREET.replace("|ST|", "|") + "~#{1,4}(?![0-9])"
            + "|(?<![A-Z])(?:FLAT|APARTMENT|APT)~?(?:NO~)?#");

    private static final String MONTH = "(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?"
            + "|AUG(?:UST)?|SEP(?:T(?:EMBER)?)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)";
    private static final String DAY = "(?:0?[1-9]|[12]#|3[01])~?(?:ST|ND|RD|TH)?";
    private static final Pattern DAY_OF_A_MONTH = Identities.shape("(?<![0-9])" + DAY + "~(?:OF~)?" + MONTH
            + "(?![A-Z])" + "|(?<![A-Z])" + MONTH + "~" + DAY + "(?![0-9A-Z])");

    /** With a point, in any case; without one, only where it is written like a name, or is all there is. */
    private static final Pattern INITIALS = Pattern.compile(
            "(?<![\\p{L}\\p{N}])\\p{L}\\.\\s?(?:\\p{L}\\.?\\s?){0,3}[\\s_-]?\\p{L}[\\p{L}'\u2019]{2,}"
                    + "|(?<![\\p{L}\\p{N}.'\u2019])(?![AIYO]\\s)\\p{Lu}(?:\\s\\p{Lu}){0,2}\\s+(?:\\p{Lu}\\p{Ll}{2,}|(?:Mc|Mac|O['\u2019])\\p{Lu}\\p{Ll}+)"
                    + "|(?<!\\p{L})\\p{L}[\\p{L}'\u2019-]{2,}\\s?,\\s?(?:\\p{L}\\.|(?!(?:UK|NI|GB|EU|HQ|HM)\\s*$)(?:\\p{L}\\s?){1,3}$)"
                    + "|^\\s*(?![YyOo]\\s)\\p{L}(?:\\s\\p{L}){0,2}\\s\\p{L}{3,}\\s*$"
                    + "|(?<!\\p{L})\\p{L}[\\p{L}'\u2019-]{2,}\\s\\(?\\p{L}\\.(?:\\s?\\p{L}\\.?){0,2}\\)?(?![\\p{L}\\p{N}])");

    /** After a title, or a word that somebody follows, in any case. */
    private static final Pattern ANNOUNCED_INITIALS = Pattern.compile(
            "(?<!\\p{L})(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|rev|pc|dc|judge)\\.?|(?:of|by|from)(?!\\s[aiyo]\\s))"
                    + "\\s(?:\\p{L}\\s){1,3}(\\p{L}[\\p{L}'\u2019-]{2,})",
            Pattern.CASE_INSENSITIVE);

    /** {@code Smith J}, where it is all there is. */
    private static final Pattern SURNAME_AND_LETTERS =
            Pattern.compile("\\s*(\\p{L}[\\p{L}'\u2019-]{2,})(?:\\s\\p{L}){1,3}\\s*");

    /** Two letters and a word, {@code JK Smith}, unless it is known to be a body. */
    private static final Pattern LETTERS_AND_WORD =
            Pattern.compile("\\s*(\\p{Lu}{2})\\s+(\\p{Lu}\\p{Ll}{2,}(?:-\\p{Lu}\\p{Ll}+)?)\\s*");

    private static final Set<String> BODIES = words("AI BT EU EY GB HM HR IT NI PA UK UN US");
    private static final Set<String> KINDS_OF_BODY =
            words("ACADEMIES ACADEMY AGENCY ASSOCIATION AUTHORITY BANK BOARD CENTRE COLLEGE COMMISSION COMMITTEE"
                    + " CONSULTING COUNCIL COURT COURTS DEPARTMENT DIGITAL DIVISION EDUCATION EXECUTIVE FORCE FORCES"
                    + " FOUNDATION GOVERNMENT GROUP HEALTH HOSPITAL INSTITUTE LIBRARY LIMITED LTD MINISTRY OFFICE"
                    + " PARLIAMENT PLC POLICE PRISON PROBATION REVENUE SCHOOL SCHOOLS SERVICE SERVICES SOCIETY TEAM"
                    + " TREASURY TRIBUNAL TRUST UNION UNIT UNIVERSITY");

    /** {@code J.Smith}, {@code j_smith-1}, {@code Smith.J}: one letter beside a word that no reference is made with. */
    private static final Pattern LETTER_AND_WORD =
            Pattern.compile("(?<![A-Za-z0-9])[A-Za-z](?:[._/-][A-Za-z])?[._/-]([A-Za-z]{3,20})(?![A-Za-z0-9])");

    /** With a point the letter is an initial, whatever case the word is in. */
    private static final Pattern INITIAL_AND_WORD =
            Pattern.compile("(?<![A-Za-z0-9])[A-Za-z]\\.(?:[A-Za-z]\\.)?[_/-]?([A-Za-z]{3,20})(?![A-Za-z0-9])");

    private static final Pattern WORD_AND_LETTER =
            Pattern.compile("(?<![A-Za-z0-9])([A-Za-z]{3,20})[._/-][A-Za-z](?:[._/-][A-Za-z])?(?![A-Za-z0-9])");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}[A-Za-z]?");
    private static final Pattern LETTERS_AND_NUMBER =
            Pattern.compile("([A-Za-z]{0,5})(?:[0-9]{1,10}[A-Za-z]{0,2}){1,3}");
    private static final Pattern SLUG_WORD = Pattern.compile("[a-z]{1,16}");
    private static final Pattern SEPARATOR = Pattern.compile("[._/-]+");

    private Names() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    /** In the name of an organisation. */
    static @Nullable Finding inName(String text, Folded folded) {
        if (INITIALS.matcher(text).find() || isLettersAndSurname(text) || hasInitialsAndSurname(text)) {
            return PERSON_NAME;
        }
        if (folded.digits() == 0) {
            return null;
        }
        if (ADDRESS.matcher(folded.runs()).find()) {
            return STREET_ADDRESS;
        }
        return DAY_OF_A_MONTH.matcher(folded.runs()).find() ? DATE_OF_BIRTH : null;
    }

    private static boolean isLettersAndSurname(String text) {
        var matcher = LETTERS_AND_WORD.matcher(text);
        return matcher.matches()
                && !BODIES.contains(matcher.group(1))
                && !KINDS_OF_BODY.contains(matcher.group(2).toUpperCase(Locale.ROOT));
    }

    private static boolean hasInitialsAndSurname(String text) {
        Matcher only = SURNAME_AND_LETTERS.matcher(text);
        return (only.matches() && mayBePerson(only.group(1)))
                || ANNOUNCED_INITIALS.matcher(text).results().anyMatch(match -> mayBePerson(match.group(1)));
    }

    private static boolean mayBePerson(String word) {
        String capitals = word.toUpperCase(Locale.ROOT);
        return !KINDS_OF_BODY.contains(capitals) && !REFERENCE_WORDS.contains(capitals);
    }

    /** In a reference that somebody gave to a request: digits carry it, and at most one short word that says nothing. */
    static @Nullable Finding inReference(String text) {
        if (hasInitials(text)) {
            return PERSON_NAME;
        }
        return isWordy(text) ? FREE_TEXT : null;
    }

    private static boolean hasInitials(String reference) {
        return LETTER_AND_WORD.matcher(reference).results().anyMatch(match -> mayBeSurname(match.group(1)))
                || INITIAL_AND_WORD.matcher(reference).results().anyMatch(match -> !isReferenceWord(match.group(1)))
                || WORD_AND_LETTER.matcher(reference).results().anyMatch(match -> mayBeSurname(match.group(1)));
    }

    /** Words in capitals are the names of series too. */
    private static boolean mayBeSurname(String word) {
        return !isReferenceWord(word) && !word.equals(word.toUpperCase(Locale.ROOT));
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

    /**
     * In the public reference of a source or an authority, or of a document. It is a number with the letters of its series
     * ({@code HCWS272}, {@code PQ-48634}, {@code 2023-0020534}, {@code FOI-2024-0012345}), or a public slug: a few words in
     * small letters, one of which says what it is about ({@code pupil_data_dwp_pupil_matching_re}). A series may have one word more.
     */
    static @Nullable Finding inSource(String text) {
        int words = 0;
        boolean isOfSeries = false;
        boolean isSlug = false;
        for (String part : SEPARATOR.split(text, -1)) {
            String word = part.toUpperCase(Locale.ROOT);
            isOfSeries |= REFERENCE_WORDS.contains(word);
            isSlug |= SLUG_WORDS.contains(word);
            if (isOfSeries(part)) {
                continue;
            }
            words++;
            if (!SLUG_WORD.matcher(part).matches()) {
                return FREE_TEXT;
            }
        }
        int most = isSlug ? MOST_WORDS_OF_A_SLUG : isOfSeries ? 1 : 0;
        return words > most ? FREE_TEXT : null;
    }

    private static boolean isOfSeries(String part) {
        if (part.isEmpty() || NUMBER.matcher(part).matches()) {
            return true;
        }
        if (REFERENCE_WORDS.contains(part.toUpperCase(Locale.ROOT))) {
            return true;
        }
        var matcher = LETTERS_AND_NUMBER.matcher(part);
        String letters = matcher.matches() ? matcher.group(1) : part;
        return letters.length() < SHORTEST_WORD
                || REFERENCE_WORDS.contains(letters.toUpperCase(Locale.ROOT))
                || (letters.length() <= LONGEST_ABBREVIATION && letters.equals(letters.toUpperCase(Locale.ROOT)));
    }
}
