package org.pupilledger.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupilledger.privacy.Guard.Finding;

/**
 * Many of each kind of identity, as people write them and as somebody would who hides them; and many of each kind of
 * reference, which have to pass. All are made from a seed, with check digits computed here.
 */
class GuardCorpusTest {
    private static final int REFUSED = 200;
    private static final int ACCEPTED = 100;
    private static final long SEED = 20_230_908;

    private static final List<String> GAPS = List.of(" ", "-", ".", "/", "_", " - ", "\u2013", "\u00A0", "\u2009");
    private static final List<String> INVISIBLE =
            List.of("\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u034F", "\uFE0F", "\u180E");
    /** Of scripts whose digits follow each other: full width, Arabic, Persian, Devanagari, Thai, bold, monospaced. */
    private static final List<Integer> ZEROS = List.of(0xFF10, 0x0660, 0x06F0, 0x0966, 0x0E50, 0x1D7CE, 0x1D7F6);

    private static final List<String> BEFORE = List.of("", "REF-", "(", "7/", "x,", "#", "no. ", "DWP_", "a: ", "[");
    private static final List<String> AFTER = List.of("", "-x", ")", ",7", ";", ".", "/REF", " x", "]", "!");

    private static final String POLICE_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";

    /** What has to be refused, in the groups that people write it in. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
    enum Identity {
        PAYMENT_CARD(Finding.PAYMENT_CARD_NUMBER, GuardCorpusTest::card),
        BANK_ACCOUNT(Finding.BANK_ACCOUNT_NUMBER, GuardCorpusTest::account),
        DRIVING_LICENCE(Finding.DRIVING_LICENCE_NUMBER, GuardCorpusTest::licence),
        POLICE_NUMBER(Finding.PNC_ID, GuardCorpusTest::policeNumber),
        CRIMINAL_RECORD(Finding.CRO_NUMBER, GuardCorpusTest::criminalRecord),
        SHORT_POLICE_NUMBER(Finding.PNC_ID, GuardCorpusTest::shortPoliceNumber),
        SHORT_CRIMINAL_RECORD(Finding.CRO_NUMBER, GuardCorpusTest::shortCriminalRecord),
        POSTCODE(Finding.POSTCODE, GuardCorpusTest::postcode),
        BIRTH(Finding.DATE_OF_BIRTH, GuardCorpusTest::birth),
        LEARNER(Finding.UNIQUE_LEARNER_NUMBER, GuardCorpusTest::learner);

        private final Finding finding;
        private final Function<Random, List<String>> groups;

        Identity(Finding finding, Function<Random, List<String>> groups) {
            this.finding = finding;
            this.groups = groups;
        }
    }

    private static List<String> card(Random random) {
        List<Integer> lengths = List.of(4, 4, 4, 4);
        String prefix = one(random, List.of("4", "51", "2221", "6011", "62", "5018"));
        int size = 16;
        if (random.nextInt(4) == 0) {
            prefix = one(random, List.of("34", "37"));
            size = 15;
            lengths = List.of(4, 6, 5);
        }
        String body = prefix + digits(random, size - 1 - prefix.length());
        return cut(body + GuardedNumbersPropertyTest.luhn(body), lengths);
    }

    private static List<String> account(Random random) {
        String bban = letters(random, 4) + digits(random, 14);
        String country = "GB";
        switch (random.nextInt(4)) {
            case 0 -> {
                country = "DE";
                bban = digits(random, 18);
            }
            case 1 -> {
                country = "PL";
                bban = digits(random, 24);
            }
            case 2 -> {
                country = "IE";
            }
            default -> {}
        }
        int check = 98
                - new BigInteger((bban + country + "00")
                                .chars()
                                .mapToObj(sign -> Integer.toString(Character.digit(sign, 36)))
                                .collect(Collectors.joining()))
                        .mod(BigInteger.valueOf(97))
                        .intValue();
        return cut(country + "%02d".formatted(check) + bban, List.of(4, 4, 4, 4, 4, 4, 4));
    }

    private static List<String> licence(Random random) {
        String surname = (letters(random, 1 + random.nextInt(5)) + "9999").substring(0, 5);
        int month = 1 + random.nextInt(12) + (random.nextBoolean() ? 50 : 0);
        String birth = "%s%02d%02d%s".formatted(digits(random, 1), month, 1 + random.nextInt(28), digits(random, 1));
        String rest = letters(random, 1) + one(random, List.of("9", "A", "Z")) + digits(random, 1) + letters(random, 2);
        return List.of(surname, birth, rest);
    }

    private static List<String> policeNumber(Random random) {
        int year = 1950 + random.nextInt(77);
        int serial = random.nextInt(10_000_000);
        char letter = POLICE_LETTERS.charAt((int) ((year % 100 * 10_000_000L + serial) % 23));
        return List.of(Integer.toString(year), "%07d".formatted(serial) + letter);
    }

    /** As it is said and typed: without the century and leading zeros. */
    private static List<String> shortPoliceNumber(Random random) {
        int year = random.nextInt(100);
        int serial = 100 + random.nextInt(9_999_900);
        return List.of("%02d/%d".formatted(year, serial) + POLICE_LETTERS.charAt((year * 10_000_000 + serial) % 23));
    }

    private static List<String> shortCriminalRecord(Random random) {
        int year = random.nextInt(100);
        int serial = 100 + random.nextInt(999_900);
        return random.nextBoolean()
                ? List.of("%d/%02d".formatted(serial, year) + POLICE_LETTERS.charAt((year * 1_000_000 + serial) % 23))
                : List.of("SF%02d".formatted(year), serial + letters(random, 1));
    }

    private static List<String> criminalRecord(Random random) {
        int serial = random.nextInt(1_000_000);
        int year = random.nextInt(100);
        char letter = POLICE_LETTERS.charAt((year * 1_000_000 + serial) % 23);
        return List.of("%06d".formatted(serial), "%02d".formatted(year) + letter);
    }

    private static List<String> postcode(Random random) {
        String outward = one(
                random, List.of("SW1A", "E14", "M1", "LS27", "EC1V", "CV1", "BT7", "W1T", "N1C", "S10", "ZE2", "BF1"));
        return List.of(outward, digits(random, 1) + one(random, List.of("AA", "PT", "ZB", "LX", "GW")));
    }

    private static List<String> birth(Random random) {
        String word = one(random, List.of("DOB", "D.O.B.", "Date of birth:", "born", "Born on", "Birth date", "DoB:"));
        int day = 1 + random.nextInt(28);
        int month = 1 + random.nextInt(12);
        int year = random.nextInt(100);
        List<String> groups = new ArrayList<>(List.of(word));
        groups.addAll(one(
                random,
                List.of(
                        List.of("%02d".formatted(day), "%02d".formatted(month), "%02d".formatted(year)),
                        List.of("%02d%02d%02d".formatted(day, month, year)),
                        List.of("" + day, "" + month, "20%02d".formatted(year)),
                        List.of("" + day, one(random, List.of("Jan", "March", "Sept", "July"))),
                        List.of("20%02d".formatted(year), "%02d".formatted(month), "%02d".formatted(day)))));
        return groups;
    }

    private static List<String> learner(Random random) {
        String word = one(random, List.of("ULN", "U.L.N.", "Learner number", "uln:", "Unique learner number"));
        String number = (1 + random.nextInt(9)) + digits(random, 9);
        return random.nextBoolean()
                ? List.of(word, number)
                : List.of(word, number.substring(0, 5), number.substring(5));
    }

    @ParameterizedTest
    @EnumSource
    void anIdentityIsRefusedHoweverItIsWritten(Identity identity) {
        Random random = new Random(SEED);
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < REFUSED; i++) {
            List<String> groups = identity.groups.apply(random);
            String text = one(random, BEFORE) + written(groups, random) + one(random, AFTER);
            if (Guard.inCode(text).isEmpty()
                    || Guard.inReference(text).isEmpty()
                    || Guard.inSource(text).isEmpty()
                    || Guard.inName(text).isEmpty()
                    || Guard.inName(text).get() == Finding.FREE_TEXT) {
                passed.add(text);
            }
        }
        assertThat(passed).as(identity.finding.label()).isEmpty();
    }

    /** In one of the ways that people write it, or that somebody might who hides it. */
    private static String written(List<String> groups, Random random) {
        String gap = one(random, GAPS);
        return switch (random.nextInt(7)) {
            case 0 -> String.join(" ", groups);
            case 1 -> String.join(gap, groups);
            case 2 -> String.join(gap, groups).toLowerCase(Locale.ROOT);
            case 3 -> inOtherDigits(String.join(gap, groups), one(random, ZEROS));
            case 4 -> inFullWidth(String.join(" ", groups));
            case 5 -> spread(String.join(gap, groups), one(random, INVISIBLE), random);
            default -> String.join(one(random, INVISIBLE), groups);
        };
    }

    private static String inOtherDigits(String text, int zero) {
        return text.chars()
                .mapToObj(sign -> Character.toString(sign >= '0' && sign <= '9' ? sign - '0' + zero : sign))
                .collect(Collectors.joining());
    }

    private static String inFullWidth(String text) {
        return text.chars()
                .mapToObj(sign -> Character.toString(sign > ' ' && sign <= '~' ? sign - '!' + 0xFF01 : sign))
                .collect(Collectors.joining());
    }

    private static String spread(String text, String invisible, Random random) {
        return text.chars()
                .mapToObj(sign -> Character.toString(sign) + (random.nextInt(3) == 0 ? invisible : ""))
                .collect(Collectors.joining());
    }

    /** Initials with a surname: three places where they can stand. */
    @Test
    void initialsWithASurnameAreRefusedHoweverTheyAreWritten() {
        Random random = new Random(SEED);
        List<String> surnames = List.of(
                "Smith", "Patel", "O'Brien", "McDonald", "Lovelace", "Jones-Evans", "Nguyen", "Okafor", "Wu-Lee");
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < REFUSED; i++) {
            String surname = one(random, surnames);
            String initial = letters(random, 1);
            String second = letters(random, 1);
            String name = one(
                    random,
                    List.of(
                            initial + ". " + surname,
                            initial + "." + surname,
                            initial + "." + second + ". " + surname,
                            initial + ". " + second + ". " + surname,
                            initial + "." + second + "." + surname,
                            surname + ", " + initial + ".",
                            surname + " " + initial + ".",
                            surname + ", " + initial + "." + second + ".",
                            surname + ", " + initial,
                            surname + " " + initial,
                            surname + " (" + initial + ".)",
                            "Dr " + initial + " " + second + " " + surname,
                            "mrs " + initial + " " + surname,
                            "Office of " + initial + ". " + surname,
                            "Mr " + initial + ". " + surname,
                            "(" + initial + ". " + surname + ")"));
            String text = switch (random.nextInt(4)) {
                case 0 -> name.toLowerCase(Locale.ROOT);
                case 1 -> name.toUpperCase(Locale.ROOT);
                case 2 -> inFullWidth(name);
                default -> name;
            };
            String hidden = random.nextInt(4) == 0 ? spread(text, one(random, INVISIBLE), random) : text;
            if (Guard.inName(hidden).isEmpty() || Guard.inName(hidden).get() == Finding.FREE_TEXT) {
                passed.add(hidden);
            }
        }
        assertThat(passed).isEmpty();
    }

    /** What has to pass: the references that departments and parliament give. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
    enum PublicReference {
        WRITTEN_STATEMENT(random -> one(random, List.of("HCWS", "HLWS", "hcws")) + number(random, 1, 4)),
        QUESTION(random ->
                one(random, List.of("PQ", "PQ-", "PQ/", "UIN", "UIN-", "HL", "HL-", "")) + number(random, 3, 6)),
        DEPARTMENT(random -> year(random) + one(random, List.of("-", "/")) + digits(random, 7)),
        DATA_SHARE(random -> "DS" + digits(random, 5)),
        REQUEST(random -> "R" + digits(random, 4));

        private final Function<Random, String> made;

        PublicReference(Function<Random, String> made) {
            this.made = made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPublicReferencePassesWhereverReferencesDo(PublicReference kind) {
        Random random = new Random(SEED);
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < ACCEPTED; i++) {
            String text = kind.made.apply(random);
            Stream.of(Guard.inSource(text), Guard.inReference(text), Guard.inCode(text), Guard.inName(text))
                    .flatMap(Optional::stream)
                    .forEach(found -> refused.add(text + " looks like " + found.label()));
        }
        assertThat(refused).isEmpty();
    }

    /** As they stand in the addresses of GOV.UK and WhatDoTheyKnow: a few words, one of which says what it is about. */
    @Test
    void aPublicSlugPasses() {
        List<String> about =
                List.of("pupil", "pupils", "data", "shares", "sharing", "requests", "school", "statistics");
        List<String> others = List.of(
                "national",
                "database",
                "external",
                "dwp",
                "home",
                "office",
                "police",
                "the",
                "of",
                "and",
                "re",
                "for",
                "census",
                "in",
                "england",
                "received",
                "matching",
                "npd",
                "dfe",
                "summary",
                "annual");
        Random random = new Random(SEED);
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < ACCEPTED; i++) {
            List<String> words = new ArrayList<>();
            int count = random.nextInt(7);
            for (int word = 0; word < count; word++) {
                words.add(one(random, others));
            }
            words.add(random.nextInt(count + 1), one(random, about));
            if (random.nextInt(3) == 0) {
                words.add(one(random, List.of(year(random), year(random) + "-0" + number(random, 1, 1))));
            }
            String slug = String.join(one(random, List.of("-", "_")), words);
            Guard.inSource(slug).ifPresent(found -> refused.add(slug + " looks like " + found.label()));
        }
        assertThat(refused).isEmpty();
    }

    /** Of bodies that ask or are asked, as they call themselves. */
    @Test
    void theNameOfABodyPasses() {
        assertThat(Stream.of("""
            Department for Education | Department for Work and Pensions | Home Office | Ministry of Justice | HM Treasury |
            HM Revenue and Customs | HM Courts & Tribunals Service | HM Prison and Probation Service | Cabinet Office |
            Crown Prosecution Service | National Crime Agency | Metropolitan Police Service | City of London Police |
            Police Service of Northern Ireland | Police Scotland | Heddlu Dyfed-Powys | Devon & Cornwall Police |
            Avon and Somerset Constabulary | Greater Manchester Police | West Midlands Police | British Transport Police |
            Office for National Statistics | Office for Students | Ofsted | Ofqual | Ofcom | NHS England | NHS Digital |
            UK Health Security Agency | UK Visas and Immigration | UK Statistics Authority | Border Force |
            Immigration Enforcement | Independent Office for Police Conduct | Serious Fraud Office | Insolvency Service |
            Education and Skills Funding Agency | Student Loans Company | Student Finance Wales | Welsh Government |
            Llywodraeth Cymru | Senedd Cymru | Y Lolfa | Scottish Government | Northern Ireland Executive | GCHQ |
            Security Service (MI5) | Secret Intelligence Service | Children's Commissioner for England | Cafcass |
            Family Court at Barnet | Central Family Court | Family Court (Luton) | Crown Court at Snaresbrook |
            High Court of Justice | Court of Appeal (Civil Division) | Information Commissioner's Office | UCAS |
            London Borough of Tower Hamlets | Royal Borough of Kensington and Chelsea | Birmingham City Council |
            Bristol City Council | Leeds City Council | Cheshire West and Chester Council | Isle of Wight Council |
            Council of the Isles of Scilly | Stockton-on-Tees Borough Council | King's Lynn and West Norfolk |
            Bournemouth, Christchurch and Poole Council | St. Helens Borough Council | St Albans City & District Council |
            Local Government Association | Education Policy Institute | Institute for Fiscal Studies | UCL | LSE |
            University of Oxford | University of St Andrews | King's College London | Queen Mary, University of London |
            National Foundation for Educational Research | FFT Education Ltd | Fischer Family Trust | J-PAL Europe |
            Alan Turing Institute | Joseph Rowntree Foundation | Sir John Cass Foundation | Dr Barnardo's | NSPCC |
            House of Commons Library | House of Lords | National Audit Office | Public Accounts Committee | AQA |
            Pearson Education Limited | OCR | WJEC CBAC | City & Guilds | Atos IT Services UK Ltd | BT Group plc |
            Capita Business Services Ltd | G4S Care and Justice Services (UK) Limited | PA Consulting | KPMG LLP |
            EY | PwC | Deloitte LLP | Unit 42 | Academy Trust 24-7 | 14-19 Partnership | Every Child a Reader
            """.split("\\|", -1)).map(String::strip))
                .allSatisfy(name -> assertThat(Guard.inName(name)).isEmpty());
    }

    private static String year(Random random) {
        return Integer.toString(2005 + random.nextInt(30));
    }

    private static String number(Random random, int least, int most) {
        return (1 + random.nextInt(9)) + digits(random, least - 1 + random.nextInt(most - least + 1));
    }

    private static String digits(Random random, int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String letters(Random random, int count) {
        return random.ints(count, 'A', 'Z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<String> cut(String text, List<Integer> sizes) {
        List<String> groups = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            if (from < text.length()) {
                groups.add(text.substring(from, Math.min(from + size, text.length())));
            }
            from += size;
        }
        return groups;
    }
}
