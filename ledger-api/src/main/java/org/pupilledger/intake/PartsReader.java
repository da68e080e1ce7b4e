package org.pupilledger.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Purpose;
import org.pupilledger.intake.RequestInput.DisclosureInput;
import org.pupilledger.intake.RequestInput.OfReferenceInput;
import org.pupilledger.intake.RequestInput.ReturnInput;
import org.pupilledger.reading.Form;
import org.pupilledger.request.Stage;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.Requests;

/** Reads those parts of a request of which there may be several: references, purposes, and an answer told in parts. */
final class PartsReader {
    private final Form form;

    PartsReader(Form form) {
        this.form = form;
    }

    List<Reference> references(@Nullable List<String> texts, String at) {
        List<Reference> references = new ArrayList<>();
        if (texts == null) {
            return references;
        }
        if (texts.size() > Requests.MAX) {
            form.flaw(at, "too-many", "At most " + Requests.MAX + " references belong to one request.");
            return references;
        }
        for (int i = 0; i < texts.size(); i++) {
            Reference reference = reference(texts.get(i), at + "/" + i);
            if (reference != null) {
                if (references.contains(reference)) {
                    form.flaw(
                            at + "/" + i, "repeated", "Each reference counts as one request, so it stands here once.");
                }
                references.add(reference);
            }
        }
        return references;
    }

    List<Purpose> purposes(RequestInput input) {
        String one = input.purpose();
        List<String> several = input.purposes();
        if (one != null && several != null) {
            form.flaw("/purposes", Form.MALFORMED, "Purposes stand instead of a purpose, not beside it.");
        }
        if (several == null) {
            Purpose purpose = form.optional(Purpose.class, one, "/purpose");
            return purpose == null ? List.of() : List.of(purpose);
        }
        List<Purpose> purposes = new ArrayList<>();
        for (int i = 0; i < several.size(); i++) {
            Purpose purpose = form.optional(Purpose.class, several.get(i), "/purposes/" + i);
            if (purpose != null && purposes.contains(purpose)) {
                form.flaw("/purposes/" + i, "repeated", "Each purpose stands here once.");
            } else if (purpose != null) {
                purposes.add(purpose);
            }
        }
        return purposes;
    }

    Stage.Disclosure disclosure(DisclosureInput input, String at) {
        return new Stage.Disclosure(
                form.date(input.on(), at + "/on"),
                Individuals.ofNullable(input.answered()),
                Individuals.ofNullable(input.returned()),
                form.items(input.items(), at + "/items"),
                all(input.returns(), at + "/returns", this::returned),
                all(input.references(), at + "/references", this::ofReference),
                form.optional(NilReason.class, input.nil(), at + "/nil"));
    }

    private <I, V> @Nullable List<V> all(@Nullable List<I> inputs, String at, BiFunction<I, String, @Nullable V> read) {
        if (inputs == null) {
            return null;
        }
        if (inputs.size() > Requests.MAX) {
            form.flaw(at, "too-many", "At most " + Requests.MAX + " parts of an answer can be told.");
            return null;
        }
        List<V> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            V value = read.apply(inputs.get(i), at + "/" + i);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private Stage.@Nullable Return returned(ReturnInput input, String at) {
        form.require(input.items(), at + "/items");
        List<Item> items = form.items(input.items(), at + "/items");
        return items == null ? null : new Stage.Return(Individuals.ofNullable(input.individuals()), items);
    }

    private Stage.@Nullable OfReference ofReference(OfReferenceInput input, String at) {
        form.require(input.reference(), at + "/reference");
        Reference reference = reference(input.reference(), at + "/reference");
        return reference == null
                ? null
                : new Stage.OfReference(
                        reference,
                        Individuals.ofNullable(input.answered()),
                        Individuals.ofNullable(input.returned()),
                        form.items(input.items(), at + "/items"));
    }

    @Nullable
    Reference reference(@Nullable String text, String at) {
        return form.parsed(
                text,
                Reference::parse,
                at,
                "A reference is 1 to 40 letters, digits, points, slashes and hyphens, with at least one digit.");
    }
}
