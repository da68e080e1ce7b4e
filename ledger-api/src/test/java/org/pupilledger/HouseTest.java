package org.pupilledger;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.pupilledger.request.PlantedViolation;

/** Design section 4: who may use whom, and what is known where. */
class HouseTest {
    private static final String HOUSE = "org.pupilledger";
    private static final String ROOT = "(root)";

    /** Rooms, and the rooms that each may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("agreement", Set.of("codes", "organisation", "privacy", "refusal", "request", "values")),
            entry(
                    "bundle",
                    Set.of(
                            "agreement",
                            "canonical",
                            "digest",
                            "editions",
                            "entries",
                            "figures",
                            "merkle",
                            "organisation",
                            "period",
                            "publication",
                            "request",
                            "schema",
                            "spans",
                            "tables",
                            "verdict",
                            "zip")),
            entry("coverage", Set.of("codes", "organisation", "period", "refusal", "request", "values")),
            entry("digest", Set.of()),
            entry(
                    "comparison",
                    Set.of(
                            "codes",
                            "coverage",
                            "entries",
                            "failure",
                            "figures",
                            "organisation",
                            "period",
                            "publication",
                            "request",
                            "schema",
                            "spans",
                            "tables",
                            "timeline",
                            "values")),
            entry(
                    "editions",
                    Set.of(
                            "agreement",
                            "canonical",
                            "codes",
                            "comparison",
                            "coverage",
                            "entries",
                            "failure",
                            "figures",
                            "organisation",
                            "period",
                            "publication",
                            "request",
                            "schema",
                            "spans",
                            "tables",
                            "values")),
            entry("diagnosis", Set.of("merkle", "verdict")),
            entry("entries", Set.of("schema")),
            entry(
                    "figures",
                    Set.of(
                            "canonical",
                            "codes",
                            "coverage",
                            "entries",
                            "failure",
                            "organisation",
                            "period",
                            "publication",
                            "request",
                            "schema",
                            "spans",
                            "tables",
                            "values")),
            entry("failure", Set.of()),
            entry("ledger", Set.of()),
            entry("logs", Set.of("diagnosis", "merkle", "verdict")),
            entry("merkle", Set.of("digest")),
            entry("organisation", Set.of("codes", "privacy")),
            entry("period", Set.of()),
            entry("privacy", Set.of("digest")),
            entry("publication", Set.of("codes", "digest", "period", "refusal", "request")),
            entry("refusal", Set.of("codes", "privacy", "values")),
            entry("request", Set.of("codes", "organisation", "privacy", "refusal", "values")),
            entry(
                    "schema",
                    Set.of(
                            "agreement",
                            "canonical",
                            "codes",
                            "coverage",
                            "digest",
                            "ledger",
                            "organisation",
                            "period",
                            "privacy",
                            "publication",
                            "request",
                            "spans",
                            "statement",
                            "values")),
            entry("spans", Set.of("codes", "organisation", "period", "privacy", "refusal", "request", "values")),
            entry("statement", Set.of("codes", "organisation", "period", "refusal", "request", "values")),
            entry("tables", Set.of("canonical", "digest", "period", "zip")),
            entry(
                    "timeline",
                    Set.of(
                            "agreement",
                            "codes",
                            "coverage",
                            "ledger",
                            "organisation",
                            "period",
                            "publication",
                            "request",
                            "spans",
                            "statement",
                            "tables",
                            "values")),
            entry("verdict", Set.of("canonical", "ledger", "merkle", "schema")),
            entry("zip", Set.of()),
            entry(
                    "backup",
                    Set.of(
                            "bundle",
                            "canonical",
                            "digest",
                            "failure",
                            "merkle",
                            "request",
                            "schema",
                            "seal",
                            "tlog",
                            "values",
                            "verdict",
                            "zip")),
            entry("catalogue", Set.of("seal", "tlog", "vault")),
            entry("cluster", Set.of("failure", "files")),
            entry(
                    "export",
                    Set.of(
                            "codes",
                            "failure",
                            "files",
                            "merkle",
                            "organisation",
                            "period",
                            "seal",
                            "statement",
                            "tables",
                            "values")),
            entry("files", Set.of()),
            entry("keys", Set.of("failure", "files", "merkle", "schema")),
            entry(
                    "node",
                    Set.of(
                            "backup",
                            "canonical",
                            "cluster",
                            "coverage",
                            "digest",
                            "editions",
                            "entries",
                            "failure",
                            "files",
                            "keys",
                            "ledger",
                            "merkle",
                            "organisation",
                            "period",
                            "publication",
                            "publishing",
                            "rebuild",
                            "refusal",
                            "register",
                            "replay",
                            "request",
                            "schema",
                            "seal",
                            "spans",
                            "statement",
                            "store",
                            "tlog",
                            "totals",
                            "values",
                            "vault",
                            "verification")),
            entry(
                    "publishing",
                    Set.of(
                            "bundle",
                            "comparison",
                            "coverage",
                            "digest",
                            "editions",
                            "entries",
                            "export",
                            "failure",
                            "figures",
                            "files",
                            "merkle",
                            "organisation",
                            "period",
                            "publication",
                            "rebuild",
                            "register",
                            "schema",
                            "seal",
                            "tables",
                            "tlog",
                            "totals",
                            "zip")),
            entry("rebuild", Set.of("digest", "entries", "failure", "tlog")),
            entry(
                    "register",
                    Set.of(
                            "agreement",
                            "canonical",
                            "codes",
                            "entries",
                            "failure",
                            "merkle",
                            "organisation",
                            "period",
                            "request",
                            "schema",
                            "seal",
                            "spans",
                            "timeline",
                            "tlog",
                            "values")),
            entry(
                    "replay",
                    Set.of(
                            "canonical",
                            "comparison",
                            "coverage",
                            "entries",
                            "export",
                            "failure",
                            "figures",
                            "files",
                            "merkle",
                            "organisation",
                            "period",
                            "publication",
                            "publishing",
                            "rebuild",
                            "refusal",
                            "schema",
                            "seal",
                            "tables",
                            "tlog",
                            "totals",
                            "values")),
            entry("seal", Set.of("failure", "files", "keys", "merkle", "publication", "schema", "tlog", "verdict")),
            entry(
                    "store",
                    Set.of(
                            "agreement",
                            "canonical",
                            "cluster",
                            "codes",
                            "coverage",
                            "digest",
                            "failure",
                            "ledger",
                            "organisation",
                            "publication",
                            "rebuild",
                            "refusal",
                            "request",
                            "schema",
                            "spans",
                            "statement",
                            "tlog",
                            "values",
                            "vault")),
            entry("tlog", Set.of("canonical", "entries", "failure", "merkle", "schema")),
            entry(
                    "totals",
                    Set.of(
                            "coverage",
                            "entries",
                            "failure",
                            "figures",
                            "organisation",
                            "period",
                            "schema",
                            "statement",
                            "tlog",
                            "values")),
            entry("vault", Set.of("canonical", "schema", "tlog")),
            entry(
                    "verification",
                    Set.of(
                            "canonical",
                            "catalogue",
                            "diagnosis",
                            "files",
                            "merkle",
                            "schema",
                            "seal",
                            "tlog",
                            "verdict")),
            entry("codes", Set.of()),
            entry("canonical", Set.of()),
            entry(
                    ROOT,
                    Set.of(
                            "backup",
                            "cli",
                            "cluster",
                            "failure",
                            "files",
                            "imports",
                            "limits",
                            "node",
                            "privacy",
                            "problems",
                            "publishing",
                            "rebuild",
                            "replay",
                            "request",
                            "seal",
                            "security",
                            "store",
                            "tlog",
                            "values",
                            "verification",
                            "web")),
            entry("values", Set.of("codes")),
            entry(
                    "cli",
                    Set.of(
                            "backup",
                            "bundle",
                            "comparison",
                            "diagnosis",
                            "editions",
                            "entries",
                            "export",
                            "failure",
                            "figures",
                            "files",
                            "imports",
                            "intake",
                            "keys",
                            "logs",
                            "merkle",
                            "node",
                            "organisation",
                            "past",
                            "period",
                            "publication",
                            "publishing",
                            "reading",
                            "rebuild",
                            "replay",
                            "seal",
                            "security",
                            "statement",
                            "tables",
                            "terminal",
                            "totals",
                            "values",
                            "verdict",
                            "verification",
                            "views")),
            entry(
                    "http",
                    Set.of(
                            "digest",
                            "failure",
                            "files",
                            "imports",
                            "intake",
                            "limits",
                            "node",
                            "reading",
                            "refusal",
                            "register",
                            "request",
                            "security",
                            "spans",
                            "statement",
                            "store",
                            "values")),
            entry(
                    "imports",
                    Set.of(
                            "codes",
                            "failure",
                            "intake",
                            "privacy",
                            "reading",
                            "refusal",
                            "register",
                            "request",
                            "spans",
                            "store",
                            "values",
                            "views")),
            entry(
                    "intake",
                    Set.of(
                            "agreement",
                            "codes",
                            "coverage",
                            "organisation",
                            "period",
                            "privacy",
                            "publication",
                            "reading",
                            "refusal",
                            "request",
                            "spans",
                            "statement",
                            "values",
                            "views")),
            entry("limits", Set.of("failure")),
            entry("past", Set.of("entries", "figures", "period", "publication", "reading", "register", "replay")),
            entry(
                    "problems",
                    Set.of(
                            "codes",
                            "failure",
                            "http",
                            "imports",
                            "limits",
                            "organisation",
                            "privacy",
                            "reading",
                            "refusal",
                            "security",
                            "tlog")),
            entry(
                    "published",
                    Set.of(
                            "agreement",
                            "backup",
                            "bundle",
                            "comparison",
                            "digest",
                            "editions",
                            "entries",
                            "export",
                            "failure",
                            "figures",
                            "files",
                            "http",
                            "intake",
                            "limits",
                            "merkle",
                            "node",
                            "organisation",
                            "past",
                            "period",
                            "publication",
                            "publishing",
                            "reading",
                            "register",
                            "replay",
                            "request",
                            "seal",
                            "security",
                            "spans",
                            "statement",
                            "store",
                            "tables",
                            "timeline",
                            "totals",
                            "values",
                            "views")),
            entry(
                    "reading",
                    Set.of("codes", "figures", "organisation", "period", "privacy", "refusal", "statement", "values")),
            entry(
                    "rest",
                    Set.of(
                            "agreement",
                            "codes",
                            "comparison",
                            "coverage",
                            "digest",
                            "entries",
                            "export",
                            "failure",
                            "figures",
                            "http",
                            "imports",
                            "intake",
                            "limits",
                            "node",
                            "organisation",
                            "past",
                            "period",
                            "problems",
                            "published",
                            "reading",
                            "rebuild",
                            "refusal",
                            "register",
                            "replay",
                            "request",
                            "seal",
                            "security",
                            "spans",
                            "statement",
                            "store",
                            "values",
                            "views")),
            entry("security", Set.of("merkle", "privacy")),
            entry(
                    "terminal",
                    Set.of(
                            "canonical",
                            "catalogue",
                            "diagnosis",
                            "keys",
                            "logs",
                            "merkle",
                            "node",
                            "replay",
                            "seal",
                            "verdict",
                            "verification")),
            entry(
                    "opendata",
                    Set.of(
                            "agreement",
                            "codes",
                            "digest",
                            "editions",
                            "http",
                            "limits",
                            "node",
                            "organisation",
                            "period",
                            "problems",
                            "publication",
                            "reading",
                            "security",
                            "statement",
                            "tables",
                            "values",
                            "views",
                            "web")),
            entry(
                    "web",
                    Set.of(
                            "codes",
                            "digest",
                            "editions",
                            "entries",
                            "export",
                            "http",
                            "intake",
                            "limits",
                            "merkle",
                            "node",
                            "organisation",
                            "period",
                            "problems",
                            "publication",
                            "publishing",
                            "reading",
                            "register",
                            "seal",
                            "spans",
                            "statement",
                            "tables",
                            "values")),
            entry(
                    "views",
                    Set.of(
                            "agreement",
                            "codes",
                            "coverage",
                            "digest",
                            "editions",
                            "entries",
                            "figures",
                            "organisation",
                            "period",
                            "publication",
                            "reading",
                            "rebuild",
                            "register",
                            "request",
                            "spans",
                            "statement",
                            "values")));

    private static final Set<String> CORE = Set.of(
            "values",
            "codes",
            "canonical",
            "agreement",
            "bundle",
            "comparison",
            "coverage",
            "diagnosis",
            "digest",
            "editions",
            "entries",
            "failure",
            "figures",
            "ledger",
            "logs",
            "merkle",
            "organisation",
            "period",
            "privacy",
            "publication",
            "refusal",
            "request",
            "schema",
            "spans",
            "statement",
            "tables",
            "timeline",
            "verdict",
            "zip");
    private static final Set<String> PROJECTIONS = Set.of(
            "backup",
            "catalogue",
            "cluster",
            "export",
            "files",
            "keys",
            "node",
            "publishing",
            "rebuild",
            "register",
            "replay",
            "seal",
            "store",
            "tlog",
            "totals",
            "vault",
            "verification");
    private static final Set<String> API = Set.of(
            ROOT,
            "reading",
            "cli",
            "http",
            "imports",
            "intake",
            "limits",
            "opendata",
            "past",
            "problems",
            "published",
            "rest",
            "security",
            "terminal",
            "views",
            "web");

    /**
     * @param what a class name, or {@code class.method} or {@code class.method(parameter, parameter)} where it is called
     */
    private record Ban(String reason, Predicate<String> room, Pattern what) {
        static Ban in(Set<String> rooms, String reason, String what) {
            return new Ban(reason, rooms::contains, Pattern.compile(what));
        }

        static Ban everywhere(String reason, String what) {
            return new Ban(reason, room -> true, Pattern.compile(what));
        }
    }

    private static final String SQL =
            "(java\\.sql|javax\\.sql|org\\.springframework\\.jdbc|org\\.postgresql|org\\.flywaydb)\\..*";

    /** What takes the locale, the zone or the charset of the machine where none is given. */
    private static final String AS_THE_MACHINE_HAS_IT = String.join(
            "|",
            "java\\.lang\\.String\\.(toLowerCase|toUpperCase|getBytes)\\(\\)",
            "java\\.lang\\.String\\.(format\\(java\\.lang\\.String, .*|formatted\\(.*)",
            "java\\.lang\\.String\\.<init>\\(\\[B(, int, int)?\\)",
            "java\\.io\\.(Print(Writer|Stream)|Console)\\.(printf|format)\\(java\\.lang\\.String, .*",
            "java\\.io\\.(InputStreamReader|OutputStreamWriter|FileReader|FileWriter)\\.<init>\\([^,]*(, boolean)?\\)",
            "java\\.io\\.Print(Writer|Stream)\\.<init>\\(java\\.(io\\.(OutputStream|File)|lang\\.String)(, boolean)?\\)",
            "java\\.text\\.(\\w*Format|Collator|BreakIterator)\\..*",
            "java\\.time\\.format\\.DateTimeFormatter(Builder)?"
                    + "\\.(ofPattern\\(java\\.lang\\.String\\)|ofLocalized\\w*\\(.*|localizedBy\\(.*|toFormatter\\(\\))",
            "java\\.time\\.(LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime|OffsetTime|Year|YearMonth|MonthDay)"
                    + "\\.now\\(\\)",
            "java\\.time\\.(ZoneId\\.systemDefault|Clock\\.systemDefaultZone)\\(\\)",
            "java\\.util\\.(Locale|TimeZone)\\.getDefault\\(.*",
            "java\\.util\\.(Formatter|Scanner|Calendar|GregorianCalendar)\\.(<init>|getInstance)\\(.*",
            "java\\.nio\\.charset\\.Charset\\.defaultCharset\\(\\)");

    private static final List<Ban> BANS = List.of(
            Ban.in(CORE, "core knows no Spring", "org\\.springframework\\..*"),
            Ban.in(CORE, "core knows no SQL", SQL + "|com\\.zaxxer\\..*"),
            Ban.in(CORE, "core knows no HTTP", "(java\\.net\\.http|jakarta\\.servlet)\\..*"),
            Ban.in(
                    CORE,
                    "core knows no clock",
                    "java\\.time\\.Clock|java\\.time\\.InstantSource|java\\.time\\.\\w+\\.now"
                            + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"),
            Ban.in(
                    CORE,
                    "core knows no chance",
                    "java\\.util\\.(Random|concurrent\\.ThreadLocalRandom)|java\\.security\\.SecureRandom"
                            + "|java\\.util\\.random\\..*|java\\.util\\.UUID\\.randomUUID|java\\.lang\\.Math\\.random"),
            Ban.in(API, "SQL is in projections only", SQL),
            Ban.in(
                    Set.of(
                            "security",
                            "http",
                            "imports",
                            "intake",
                            "past",
                            "opendata",
                            "published",
                            "rest",
                            "views",
                            "web",
                            "cli",
                            "terminal"),
                    "only wiring hands a database on",
                    "org\\.pupilledger\\.store\\.LedgerStore\\.jdbc|com\\.zaxxer\\..*"),
            Ban.in(PROJECTIONS, "servlets are in the api only", "jakarta\\.servlet\\..*"),
            Ban.in(
                    Set.of(
                            "tlog",
                            "totals",
                            "register",
                            "publishing",
                            "replay",
                            "rebuild",
                            "export",
                            "vault",
                            "cluster",
                            "files",
                            "keys",
                            "seal",
                            "backup",
                            "verification",
                            "catalogue",
                            "bundle",
                            "comparison",
                            "diagnosis",
                            "editions",
                            "entries",
                            "figures",
                            "logs",
                            "tables",
                            "timeline",
                            "verdict",
                            "zip"),
                    "a projection sends no command",
                    "org\\.axonframework\\.commandhandling\\..*|org\\.pupilledger\\.store\\..*"
                            + "|org\\.pupilledger\\..*((Request|Agreement|Coverage|Edition|Statement)Command|PutOrganisation|OpenLedger"
                            + "|IntroduceKey|RetireKey).*"),
            Ban.everywhere("where it runs must not show: locale, zone, charset", AS_THE_MACHINE_HAS_IT),
            Ban.everywhere("Axon's gap tracking loses events", ".*(GapAwareTrackingToken|GapAware\\w*)(\\..*)?"));

    /** Concepts have names of their own. */
    private static final Set<String> NO_CONCEPTS =
            Set.of("common", "util", "utils", "shared", "impl", "dto", "service", "services", "helper", "misc");

    private static final JavaClasses HOUSE_CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);

    @Test
    void roomsUseOnlyTheRoomsInTheTable() {
        assertThat(usesOutsideTheTable(HOUSE_CLASSES)).isEmpty();
    }

    @Test
    void theTableAllowsNothingThatNobodyNeeds() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass user : HOUSE_CLASSES) {
            for (Dependency use : user.getDirectDependenciesFromSelf()) {
                JavaClass to = use.getTargetClass().getBaseComponentType();
                if (isOurs(to) && !room(to).equals(room(user))) {
                    used.computeIfAbsent(room(user), _ -> new TreeSet<>()).add(room(to));
                }
            }
        }
        Map<String, Set<String>> idle = new TreeMap<>();
        MAY_USE.forEach((room, allowed) -> {
            Set<String> rest = new TreeSet<>(allowed);
            rest.removeAll(used.getOrDefault(room, Set.of()));
            if (!rest.isEmpty()) {
                idle.put(room, rest);
            }
        });
        assertThat(idle).isEmpty();
    }

    @Test
    void noRoomKnowsWhatItMustNot() {
        assertThat(bannedUses(HOUSE_CLASSES)).isEmpty();
    }

    @Test
    void aPlantedViolationIsFound() {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedViolation.class);

        assertThat(usesOutsideTheTable(planted))
                .containsExactly("request uses cli: PlantedViolation", "request uses store: PlantedViolation");
        assertThat(bannedUses(planted))
                .containsExactly(
                        "Axon's gap tracking loses events: PlantedViolation",
                        "core knows no HTTP: PlantedViolation",
                        "core knows no SQL: PlantedViolation",
                        "core knows no Spring: PlantedViolation",
                        "core knows no chance: PlantedViolation",
                        "core knows no clock: PlantedViolation",
                        "where it runs must not show: locale, zone, charset: PlantedViolation");
    }

    /** Else another converter would read it, and nothing would note its digest for the idempotency key. */
    @Test
    void whatIsReadFromABodyIsInTheRoomOfInput() {
        List<String> elsewhere = HOUSE_CLASSES.stream()
                .flatMap(type -> type.getMethods().stream())
                .flatMap(method -> method.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith("org.springframework.web.bind.annotation.RequestBody"))
                .map(parameter -> parameter.getRawType())
                .filter(type -> isOurs(type) && !room(type).equals("intake"))
                .map(JavaClass::getSimpleName)
                .toList();
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void theTableHasNoCycles() {
        Set<String> done = new TreeSet<>();
        MAY_USE.keySet().forEach(room -> visit(room, List.of(), done));
    }

    private static void visit(String room, List<String> path, Set<String> done) {
        assertThat(path).as("the way back to " + room).doesNotContain(room);
        if (done.contains(room)) {
            return;
        }
        List<String> longer = new ArrayList<>(path);
        longer.add(room);
        MAY_USE.getOrDefault(room, Set.of()).forEach(next -> visit(next, longer, done));
        done.add(room);
    }

    /** It starts and wires them all. */
    @Test
    void nobodyUsesTheRoot() {
        Set<String> users = new TreeSet<>();
        for (JavaClass user : HOUSE_CLASSES) {
            for (Dependency use : user.getDirectDependenciesFromSelf()) {
                JavaClass used = use.getTargetClass().getBaseComponentType();
                if (!room(user).equals(ROOT) && isOurs(used) && room(used).equals(ROOT)) {
                    users.add(user.getSimpleName());
                }
            }
        }
        assertThat(users).isEmpty();
    }

    @Test
    void everyPackageIsARoomWithAnIntroductionAndIsNullMarked() {
        Map<String, Boolean> introductions = new TreeMap<>();
        for (JavaPackage room : packages(HOUSE_CLASSES)) {
            introductions.put(
                    room.getName(),
                    room.tryGetPackageInfo()
                            .map(info -> info.isAnnotatedWith(NullMarked.class))
                            .orElse(false));
            assertThat(room.getName().split("\\.", -1)).doesNotContainAnyElementsOf(NO_CONCEPTS);
        }
        Set<String> modules = new TreeSet<>();
        Stream.of(CORE, PROJECTIONS, API).forEach(modules::addAll);
        assertThat(modules)
                .isEqualTo(HOUSE_CLASSES.stream().map(HouseTest::room).collect(Collectors.toSet()));
        assertThat(introductions)
                .isNotEmpty()
                .allSatisfy((room, marked) -> assertThat(marked).as(room).isTrue());
    }

    private static Set<JavaPackage> packages(JavaClasses classes) {
        Set<JavaPackage> packages = new HashSet<>();
        classes.forEach(type -> packages.add(type.getPackage()));
        return packages;
    }

    private static Set<String> usesOutsideTheTable(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass user : classes) {
            String from = room(user);
            if (from.equals(ROOT)) {
                continue;
            }
            for (Dependency use : user.getDirectDependenciesFromSelf()) {
                JavaClass used = use.getTargetClass().getBaseComponentType();
                String to = room(used);
                if (isOurs(used)
                        && !to.equals(from)
                        && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                    found.add(from + " uses " + to + ": " + outermost(user));
                }
            }
        }
        return found;
    }

    private static Set<String> bannedUses(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass user : classes) {
            for (Dependency use : user.getDirectDependenciesFromSelf()) {
                look(user, use.getTargetClass().getBaseComponentType().getName(), found);
            }
            for (JavaAccess<?> call : user.getAccessesFromSelf()) {
                look(
                        user,
                        call.getTargetOwner().getName() + "." + call.getTarget().getName(),
                        found);
                look(user, call.getTarget().getFullName(), found);
            }
        }
        return found;
    }

    private static void look(JavaClass user, String used, Set<String> found) {
        for (Ban ban : BANS) {
            if (ban.room().test(room(user)) && ban.what().matcher(used).matches()) {
                found.add(ban.reason() + ": " + outermost(user));
            }
        }
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(HOUSE) || type.getPackageName().startsWith(HOUSE + ".");
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.length() <= HOUSE.length() ? ROOT : name.substring(HOUSE.length() + 1);
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceAll("^.*\\.|\\$.*$", "");
    }
}
