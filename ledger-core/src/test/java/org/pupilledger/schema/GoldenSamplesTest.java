package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.FieldValues;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes.EventType;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.statement.StatementEvent;

/** What was ever written stays readable, byte for byte. A golden sample is added, never changed. */
class GoldenSamplesTest {
    private final EventTypes types = EventTypes.current();

    static List<Object> events() {
        return EventSamples.all();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsWrittenAsItsGoldenSample(Object event) {
        assertThat(new String(types.encode(event), UTF_8)).isEqualTo(new String(golden(event), UTF_8));
    }

    @ParameterizedTest
    @MethodSource("events")
    void aGoldenSampleIsReadAsItsEvent(Object event) {
        EventType<?> type = EventSamples.typeOf(event);

        assertThat(types.decode(type.name(), type.version(), golden(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource
    void aCorrectionOfAnyFieldIsReadBackAsItWas(Field field) {
        RequestEvent.Corrected sample = (RequestEvent.Corrected) events().stream()
                .filter(RequestEvent.Corrected.class::isInstance)
                .findFirst()
                .orElseThrow();
        RequestEvent.Corrected corrected = new RequestEvent.Corrected(
                sample.was(),
                sample.now(),
                List.of(new Change(field, null, FieldValues.of(field))),
                sample.cause(),
                null);

        assertThat(types.decode("matching-request.corrected", 2, types.encode(corrected)))
                .isEqualTo(corrected);
    }

    @Test
    void everyTypeHasOneSampleEvent() {
        assertThat(events().stream().map(Object::getClass).map(Class::getName).toList())
                .as("classes of the events in EventSamples")
                .containsExactlyInAnyOrderElementsOf(EventTypes.all().stream()
                        .map(type -> type.event().getName())
                        .toList());
    }

    @Test
    void everyVersionOfATypeHasAGoldenSampleAndEveryGoldenSampleAType() {
        assertThat(EventSamples.golden().keySet())
                .as("files in src/test/resources/events")
                .isEqualTo(EventTypes.all().stream()
                        .flatMap(type -> IntStream.rangeClosed(1, type.version())
                                .mapToObj(version -> EventSamples.fileName(type.name(), version)))
                        .collect(Collectors.toSet()));
    }

    static List<Object> eventsOfOlderForm() {
        return EventSamples.ofVersion1();
    }

    /** Written again it is in the newest form, which says the same. */
    @ParameterizedTest
    @MethodSource("eventsOfOlderForm")
    void aGoldenSampleOfAnOlderFormIsReadAsTheEventOfToday(Object event) {
        EventType<?> type = EventSamples.typeOf(event);
        byte[] sample = Objects.requireNonNull(EventSamples.goldenOf(type.name(), 1));

        assertThat(types.decode(type.name(), 1, sample)).isEqualTo(event);
        assertThat(types.decode(type.name(), type.version(), types.encode(event)))
                .isEqualTo(event);
    }

    @Test
    void everyTypeOfANewerFormHasAnEventOfTheOlderOne() {
        assertThat(eventsOfOlderForm().stream().map(Object::getClass).map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(EventTypes.all().stream()
                        .filter(type -> type.version() > 1)
                        .map(type -> type.event().getName())
                        .toList());
    }

    @Test
    void aPurposeThatWasCorrectedIsReadAsTheOnlyOne() {
        String event = new String(Objects.requireNonNull(EventSamples.goldenOf("matching-request.corrected", 1)), UTF_8)
                .replace(
                        "{\"field\":\"match.matched\",\"now\":531,\"was\":520}",
                        "{\"field\":\"purpose\",\"now\":\"OTHER\",\"was\":\"BENEFIT_FRAUD\"}");

        RequestEvent.Corrected corrected =
                (RequestEvent.Corrected) types.decode("matching-request.corrected", 1, event.getBytes(UTF_8));

        assertThat(corrected.changes())
                .contains(new Change(Field.PURPOSES, List.of("BENEFIT_FRAUD"), List.of("OTHER")));
    }

    @Test
    void noTwoTypesShareANameOrAClass() {
        List<EventType<?>> all = EventTypes.all();

        assertThat(all.stream().map(EventType::name)).doesNotHaveDuplicates();
        assertThat(all.stream().map(EventType::event).map(Class::getName)).doesNotHaveDuplicates();
    }

    @Test
    void everyFactOfTheLedgerHasAType() {
        Stream<Class<?>> facts = Stream.of(
                        AgreementEvent.class,
                        CoverageEvent.class,
                        EditionEvent.class,
                        LedgerEvent.class,
                        OrganisationEvent.class,
                        PeriodTotalEvent.class,
                        RequestEvent.class,
                        StatementEvent.class)
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()));

        assertThat(facts).allSatisfy(fact -> assertThat(types.typeOf(fact)).isNotNull());
    }

    private static byte[] golden(Object event) {
        EventType<?> type = EventSamples.typeOf(event);
        return Objects.requireNonNull(
                EventSamples.goldenOf(type.name(), type.version()), "no golden sample of " + type.name());
    }
}
