package org.pupilledger.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.request.Ask;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Cause;
import org.pupilledger.request.Change;
import org.pupilledger.request.DestructionMethod;
import org.pupilledger.request.Field;
import org.pupilledger.request.Figures;
import org.pupilledger.request.Figures.DisclosureFigures;
import org.pupilledger.request.Figures.MatchFigures;
import org.pupilledger.request.Gateway;
import org.pupilledger.request.Historic;
import org.pupilledger.request.Individuals;
import org.pupilledger.request.Item;
import org.pupilledger.request.LawfulBasis;
import org.pupilledger.request.Outcome;
import org.pupilledger.request.Purpose;
import org.pupilledger.request.Reference;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Requests;
import org.pupilledger.request.Source;
import org.pupilledger.request.SourceReference;
import org.pupilledger.request.Stage;
import org.pupilledger.request.Submitted;
import org.pupilledger.schema.EventTypes.EventType;

/** One event of each type, and the bytes that it has been written as ever since. */
final class EventSamples {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "events");

    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    private static final OrganisationCode POLICE = new OrganisationCode("POLICE");
    private static final OrganisationCode FAMILY_COURT = new OrganisationCode("FAMILY_COURT");

    private static final Ask ASK = new Ask(
            List.of(new Reference("2023-0028896"), new Reference("2023-0028898"), new Reference("2023-0028900")),
            DWP,
            date("2023-08"),
            Purpose.SCHOOL_REGISTRATION_CHECK,
            Gateway.DWP_FUNC,
            LawfulBasis.PUBLIC_TASK,
            null,
            new Submitted(
                    Individuals.of(7),
                    List.of(Item.NAME, Item.DATE_OF_BIRTH),
                    Individuals.of(9),
                    Individuals.of(1),
                    Individuals.of(1)),
            List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED),
            new Historic(
                    Source.FOI_ANSWER, new SourceReference("pupil_data_dwp_pupil_matching_re"), date("2024-02-05")));
    private static final RequestHeader HEADER = ASK.header();

    private EventSamples() {}

    static List<Object> all() {
        return List.of(
                new LedgerEvent.Opened(LocalDate.of(2024, 1, 1)),
                new LedgerEvent.KeyIntroduced(
                        "ledger.example/pupil-matching+78b8ec94+AT1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM"),
                new LedgerEvent.KeyRetired(
                        "ledger.example/pupil-matching+a6af3f38+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"),
                new OrganisationEvent.Registered(
                        FAMILY_COURT,
                        new OrganisationProfile("Family Court", Category.COURT, new OrganisationCode("MOJ"))),
                new OrganisationEvent.Changed(
                        POLICE,
                        new OrganisationProfile("Police", Category.OTHER, HOME_OFFICE),
                        new OrganisationProfile("Heddlu t\u0177 \u201cPolice\u201d", Category.POLICE, HOME_OFFICE)),
                new RequestEvent.Received(ASK),
                new RequestEvent.Decided(
                        HEADER,
                        new Stage.Decision(
                                Outcome.APPROVED,
                                date("2023-08-15"),
                                null,
                                new Stage.CourtOrder(FAMILY_COURT, date("2023-08-10")))),
                new RequestEvent.Withdrawn(HEADER, Outcome.OPEN, new Stage.Withdrawal(date("2023-09"))),
                new RequestEvent.Matched(
                        HEADER,
                        Outcome.APPROVED,
                        Individuals.of(7),
                        new Stage.Match(date("2023-08-21"), Individuals.of(2), Individuals.of(1))),
                new RequestEvent.Disclosed(
                        HEADER,
                        new Stage.Disclosure(
                                date("2023-08-22"),
                                Individuals.of(2),
                                Individuals.of(2),
                                List.of(Item.SCHOOL, Item.DATE_LAST_COLLECTED))),
                new RequestEvent.Destroyed(
                        HEADER, new Stage.Destruction(date("2023-09-01"), DestructionMethod.SECURE_ERASE)),
                new RequestEvent.Closed(HEADER, new Stage.Closure(date("2023-09-04"))),
                new RequestEvent.Corrected(
                        figures(2_462, 520),
                        figures(2_461, 531),
                        List.of(
                                new Change(Field.SUBMITTED_INDIVIDUALS, 2_462L, 2_461L),
                                new Change(Field.MATCHED, 520L, 531L),
                                new Change(Field.REQUESTED_ITEMS, null, List.of("ADDRESS", "SCHOOL"))),
                        Cause.RECOUNT,
                        new SourceReference("HCWS272")),
                new RequestEvent.Annulled(
                        figures(2_461, 531), Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17")));
    }

    /** The type of an event that is known to have one. */
    static EventType<?> typeOf(Object event) {
        return Objects.requireNonNull(EventTypes.current().typeOf(event.getClass()));
    }

    /** The bytes of every golden sample by the name of its file. */
    static Map<String, byte[]> golden() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), EventSamples::bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The golden sample of a type; nothing where it has none. */
    static byte @Nullable [] goldenOf(String name, int version) {
        Path file = GOLDEN.resolve(fileName(name, version));
        return Files.exists(file) ? bytes(file) : null;
    }

    static String fileName(String name, int version) {
        return name + ".v" + version + ".json";
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Figures figures(int submitted, int matched) {
        RequestHeader header = new RequestHeader(HOME_OFFICE, date("2016-09").month(), new Requests(25));
        return new Figures(
                header,
                Outcome.APPROVED,
                Individuals.of(submitted),
                new MatchFigures(Individuals.of(matched), Individuals.of(0)),
                new DisclosureFigures(Individuals.of(520), Individuals.of(520), List.of(Item.ADDRESS, Item.SCHOOL)));
    }

    private static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }
}
