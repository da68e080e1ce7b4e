package org.pupilledger.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Rule;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.reading.InvalidInput.Flaw;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Component;
import org.pupilledger.values.SourceReference;

/**
 * Reads the values of a form that was filled in, and notes what is wrong with them. Every flaw of form is told at once;
 * then every rule that the input alone breaks. Where a value cannot be read, something harmless stands in for it, so that
 * the rest can still be looked at.
 */
public final class Form {
    public static final String REQUIRED = "required";
    public static final String MALFORMED = "malformed";

    private static final String DATE = "A date is written 2018-04-17, or 2018-04 where only the month is known.";

    /** Stands in for an organisation that cannot be one; the violation is noted beside it. */
    private static final OrganisationCode NO_ORGANISATION = new OrganisationCode("NOT_KNOWN");

    private final List<Flaw> flaws = new ArrayList<>();
    private final Set<Violation> violations = new LinkedHashSet<>();

    public List<Flaw> flaws() {
        return flaws;
    }

    public Collection<Violation> violations() {
        return violations;
    }

    public void addAll(Collection<Violation> broken) {
        violations.addAll(broken);
    }

    /** What was typed as JSON has it: a count as {@code Long}, a record as the map of its members. */
    public static @Nullable Object json(@Nullable Object typed) {
        return switch (typed) {
            case List<?> list -> list.stream().map(Form::json).toList();
            case Record part -> Component.members(part, Form::json);
            case Integer count -> Long.valueOf(count);
            case null, default -> typed;
        };
    }

    @Nullable
    public List<Item> items(@Nullable List<String> texts, String at) {
        if (texts == null) {
            return null;
        }
        if (Set.copyOf(texts).size() < texts.size()) {
            flaw(at, "repeated", "Each item stands here once.");
            return null;
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Item item = Code.parse(Item.class, texts.get(i)).orElse(null);
            if (item == null) {
                unknown(at + "/" + i);
            } else {
                items.add(item);
            }
        }
        return items.size() == texts.size() ? items : null;
    }

    public OrganisationCode organisation(@Nullable String text, String at) {
        require(text, at);
        return Objects.requireNonNullElse(known(text, OrganisationCode::parse, at), NO_ORGANISATION);
    }

    @Nullable
    public BusinessDate date(@Nullable String text, String at) {
        return parsed(text, BusinessDate::parse, at, DATE);
    }

    public BusinessDate date(@Nullable String text, BusinessDate otherwise, String at) {
        return required(text, BusinessDate::parse, otherwise, at, DATE);
    }

    @Nullable
    public SourceReference sourceReference(@Nullable String text, String at) {
        return parsed(
                text,
                SourceReference::parse,
                at,
                "A public reference is 1 to 80 letters, digits, points, underscores, slashes and hyphens.");
    }

    /** What is not known where it cannot be read, like a code. */
    public <T> @Nullable T known(@Nullable String text, Function<String, Optional<T>> parse, String at) {
        T value = text == null ? null : parse.apply(text).orElse(null);
        if (text != null && value == null) {
            unknown(at);
        }
        return value;
    }

    /** The same as {@link #parsed}, of what must be there. */
    public <T> T required(
            @Nullable String text, Function<String, Optional<T>> parse, T otherwise, String at, String detail) {
        require(text, at);
        return Objects.requireNonNullElse(parsed(text, parse, at, detail), otherwise);
    }

    /** Notes where nothing was said that must be. */
    public void require(@Nullable Object value, String at) {
        if (value == null) {
            flaw(at, REQUIRED, "This is required.");
        }
    }

    public <T> @Nullable T parsed(
            @Nullable String text, Function<String, Optional<T>> parse, String at, String detail) {
        if (text == null) {
            return null;
        }
        T value = parse.apply(text).orElse(null);
        if (value == null) {
            flaw(at, MALFORMED, detail);
        }
        return value;
    }

    public <E extends Enum<E> & Code> E required(Class<E> list, @Nullable String text, E otherwise, String at) {
        require(text, at);
        return Objects.requireNonNullElse(optional(list, text, at), otherwise);
    }

    public <E extends Enum<E> & Code> @Nullable E optional(Class<E> list, @Nullable String text, String at) {
        return known(text, code -> Code.parse(list, code), at);
    }

    public void flaw(String pointer, String code, String detail) {
        flaws.add(new Flaw(pointer, code, detail));
    }

    public void unknown(String pointer) {
        violations.add(new Violation(Rule.UNKNOWN_CODE, pointer));
    }

    public void fail() {
        failOnFlaws();
        failOnViolations();
    }

    public void failOnFlaws() {
        if (!flaws.isEmpty()) {
            throw new InvalidInput(flaws);
        }
    }

    public void failOnViolations() {
        if (!violations.isEmpty()) {
            throw new Refused.RuleBroken(new ArrayList<>(violations));
        }
    }
}
