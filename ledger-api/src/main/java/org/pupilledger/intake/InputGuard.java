package org.pupilledger.intake;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.intake.AgreementInput.VersionInput;
import org.pupilledger.intake.RequestInput.ChangeInput;
import org.pupilledger.intake.RequestInput.HistoricInput;
import org.pupilledger.privacy.Guard;
import org.pupilledger.reading.Holds;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.reading.PersonalDataFound.Place;
import org.pupilledger.request.Field;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Component;
import org.pupilledger.values.SourceReference;

/** Has the privacy guard look at every text of an input record, before anything else looks at what it says. */
public final class InputGuard {
    private static final Map<Class<?>, List<Part>> PARTS = new ConcurrentHashMap<>();

    private InputGuard() {}

    /** @throws PersonalDataFound naming every place */
    public static void check(Record input) {
        List<Place> found = new ArrayList<>();
        look(input, "", List.of(), found);
        if (!found.isEmpty()) {
            throw new PersonalDataFound(found);
        }
    }

    /** Looks at a single text that did not come in a body. */
    public static void check(String name, String text, Text kind) {
        find(text, kind, List.of()).ifPresent(finding -> {
            throw new PersonalDataFound(List.of(new Place(name, finding)));
        });
    }

    private record Part(RecordComponent component, Text kind) {}

    private static List<Part> parts(Class<?> type) {
        return PARTS.computeIfAbsent(type, InputGuard::partsOf);
    }

    private static List<Part> partsOf(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Holds holds = component.getAnnotation(Holds.class);
            parts.add(new Part(component, holds == null ? Text.CODE : holds.value()));
        }
        return parts;
    }

    /** @param beside days in date fields of what words belong to, which may stand in them */
    private static void look(Record input, String pointer, List<LocalDate> beside, List<Place> found) {
        List<LocalDate> days = input instanceof VersionInput version ? days(version) : beside;
        if (input instanceof ChangeInput change) {
            look(change, pointer, found);
            return;
        }
        for (Part part : parts(input.getClass())) {
            if (part.kind() == Text.SOURCE && input instanceof HistoricInput historic) {
                source(historic.reference(), historic.published(), pointer + "/reference", found);
            } else if (part.kind() == Text.SOURCE && input instanceof PeriodTotalInput total) {
                source(total.reference(), total.published(), pointer + "/reference", found);
            } else {
                String at = pointer + "/" + part.component().getName();
                look(Component.get(part.component(), input), part.kind(), at, days, found);
            }
        }
    }

    /** The day on which a source was published may stand in its reference. */
    private static void source(
            @Nullable String reference, @Nullable String published, String pointer, List<Place> found) {
        if (reference != null) {
            LocalDate day = day(published).orElse(null);
            Guard.inSource(reference, day).ifPresent(finding -> found.add(new Place(pointer, finding)));
        }
    }

    private static List<LocalDate> days(VersionInput version) {
        return Stream.of(
                        version.from(),
                        version.signed(),
                        version.expiry(),
                        version.review(),
                        version.licence() == null ? null : version.licence().end(),
                        version.approval() == null ? null : version.approval().on())
                .flatMap(date -> day(date).stream())
                .toList();
    }

    private static Optional<LocalDate> day(@Nullable String date) {
        return Optional.ofNullable(date)
                .flatMap(BusinessDate::parse)
                .filter(parsed -> parsed.day() != null)
                .map(BusinessDate::earliest);
    }

    private static void look(
            @Nullable Object value, Text kind, String pointer, List<LocalDate> days, List<Place> found) {
        switch (value) {
            case null -> {
                // nothing was said
            }
            case String text -> find(text, kind, days).ifPresent(finding -> found.add(new Place(pointer, finding)));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    look(list.get(i), kind, pointer + "/" + i, days, found);
                }
            }
            case Record record -> look(record, pointer, days, found);
            default -> {
                // a number
            }
        }
    }

    /**
     * The values of a correction are whatever its field holds. A day in the reference of a source is left to the request,
     * which knows when that was published; what was is what was let in, or the correction is refused.
     */
    private static void look(ChangeInput change, String pointer, List<Place> found) {
        Field field =
                Field.parse(Objects.requireNonNullElse(change.field(), "")).orElse(null);
        boolean isSource = field == Field.HISTORIC_REFERENCE;
        look(change.field(), Text.CODE, pointer + "/field", List.of(), found);
        Object was = isSource && isReference(change.was()) ? null : change.was();
        look(was, isSource ? Text.CODE : kindOf(field), pointer + "/was", List.of(), found);
        List<Place> now = new ArrayList<>();
        look(change.now(), kindOf(field), pointer + "/now", List.of(), now);
        now.removeIf(place -> isSource && isReference(change.now()) && place.finding() == Guard.Finding.DATE_OF_BIRTH);
        found.addAll(now);
    }

    private static boolean isReference(@Nullable Object value) {
        return value instanceof String text && SourceReference.parse(text).isPresent();
    }

    private static Text kindOf(@Nullable Field field) {
        return switch (field) {
            case REFERENCES -> Text.REFERENCE;
            case HISTORIC_REFERENCE -> Text.SOURCE;
            case null, default -> field != null && field.isDate() ? Text.DATE : Text.CODE;
        };
    }

    private static Optional<Guard.Finding> find(String text, Text kind, List<LocalDate> days) {
        return switch (kind) {
            case CODE -> Guard.inCode(text);
            case DATE -> Guard.inDate(text);
            case REFERENCE -> Guard.inReference(text);
            case SOURCE -> Guard.inSource(text);
            case NAME -> Guard.inName(text);
            case WORDS -> Guard.inText(text, days);
        };
    }
}
