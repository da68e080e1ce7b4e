package org.pupilledger.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.Stage;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.Submitted;

/** All of a request that the figures depend on, whichever of it is told at first and whichever corrected later. */
record Content(
        List<Reference> references,
        OrganisationCode organisation,
        BusinessDate received,
        List<Purpose> purposes,
        @Nullable Gateway gateway,
        @Nullable LawfulBasis lawfulBasis,
        Individuals submitted,
        Individuals matched,
        Individuals ambiguous,
        Individuals unmatched,
        Stage.Disclosure disclosed) {
    /** How far a request has come, as far as its fields depend on it. */
    enum Part {
        ASK,
        MATCH,
        DISCLOSURE
    }

    private record Correctable(Field field, Part part, Function<Content, @Nullable Object> value) {}

    private static final List<Correctable> CORRECTABLE = List.of(
            new Correctable(Field.REFERENCES, Part.ASK, content -> texts(content.references())),
            new Correctable(
                    Field.ORGANISATION,
                    Part.ASK,
                    content -> content.organisation().value()),
            new Correctable(
                    Field.RECEIVED, Part.ASK, content -> content.received().toString()),
            new Correctable(Field.PURPOSES, Part.ASK, content -> texts(content.purposes())),
            new Correctable(Field.GATEWAY, Part.ASK, content -> code(content.gateway())),
            new Correctable(Field.LAWFUL_BASIS, Part.ASK, content -> code(content.lawfulBasis())),
            new Correctable(Field.SUBMITTED_INDIVIDUALS, Part.ASK, content -> count(content.submitted())),
            new Correctable(Field.MATCHED, Part.MATCH, content -> count(content.matched())),
            new Correctable(Field.AMBIGUOUS, Part.MATCH, content -> count(content.ambiguous())),
            new Correctable(Field.UNMATCHED, Part.MATCH, content -> count(content.unmatched())),
            new Correctable(
                    Field.ANSWERED,
                    Part.DISCLOSURE,
                    content -> count(content.disclosed().answered())),
            new Correctable(
                    Field.RETURNED,
                    Part.DISCLOSURE,
                    content -> count(content.disclosed().returned())),
            new Correctable(
                    Field.DISCLOSURE_ITEMS,
                    Part.DISCLOSURE,
                    content -> texts(content.disclosed().items())),
            new Correctable(
                    Field.RETURNS,
                    Part.DISCLOSURE,
                    content -> objects(content.disclosed().returns(), Content::members)),
            new Correctable(
                    Field.DISCLOSURE_REFERENCES,
                    Part.DISCLOSURE,
                    content -> objects(content.disclosed().references(), Content::members)),
            new Correctable(
                    Field.NIL,
                    Part.DISCLOSURE,
                    content -> code(content.disclosed().nil())));

    /** What has to be corrected so that a request of this content is one of {@code now}; empty where nothing has. */
    List<Change> changesTo(Content now, Part reached) {
        List<Change> changes = new ArrayList<>();
        for (Correctable correctable : CORRECTABLE) {
            Object was = correctable.value().apply(this);
            Object is = correctable.value().apply(now);
            if (correctable.part().compareTo(reached) <= 0 && !Objects.equals(was, is)) {
                changes.add(new Change(correctable.field(), was, is));
            }
        }
        return changes;
    }

    Ask ask(boolean isHistoric) {
        return new Ask(
                references,
                organisation,
                null,
                received,
                purposes,
                gateway,
                lawfulBasis,
                null,
                null,
                new Submitted(
                        submitted,
                        isHistoric ? null : List.of(Item.NAME),
                        Individuals.notStated(),
                        Individuals.notStated(),
                        Individuals.notStated()),
                isHistoric ? null : List.of(Item.values()),
                isHistoric ? new Historic(Source.FILE, null, null) : null);
    }

    Stage.Match match(BusinessDate on) {
        return new Stage.Match(on, matched, ambiguous, unmatched);
    }

    Stage.Disclosure disclosure(BusinessDate on) {
        return new Stage.Disclosure(
                on,
                disclosed.answered(),
                disclosed.returned(),
                disclosed.items(),
                disclosed.returns(),
                disclosed.references(),
                disclosed.nil());
    }

    private static <T> @Nullable List<Map<String, @Nullable Object>> objects(
            @Nullable List<T> told, Function<T, Map<String, @Nullable Object>> members) {
        return told == null ? null : told.stream().map(members).toList();
    }

    private static Map<String, @Nullable Object> members(Stage.Return told) {
        Map<String, @Nullable Object> members = new TreeMap<>();
        members.put("individuals", count(told.individuals()));
        members.put("items", texts(told.items()));
        return members;
    }

    private static Map<String, @Nullable Object> members(Stage.OfReference told) {
        Map<String, @Nullable Object> members = new TreeMap<>();
        members.put("reference", told.reference().toString());
        members.put("answered", count(told.answered()));
        members.put("returned", count(told.returned()));
        members.put("items", texts(told.items()));
        return members;
    }

    private static @Nullable String code(@Nullable Code code) {
        return code == null ? null : code.code();
    }

    private static @Nullable Long count(Individuals individuals) {
        Integer count = individuals.orNull();
        return count == null ? null : Long.valueOf(count);
    }

    private static @Nullable List<String> texts(@Nullable List<?> values) {
        return values == null
                ? null
                : values.stream()
                        .map(Object::toString)
                        .sorted(Comparator.naturalOrder())
                        .toList();
    }
}
