package org.pupilledger.imports;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Decider;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.privacy.Guard;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.InvalidInput.Flaw;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;

/** What is wrong with a line, in words for whoever has to mend it. Names columns, and repeats nothing that stood there. */
final class Mistakes {
    private Mistakes() {}

    /** @param why places in it are columns */
    static List<Flaw> of(RuntimeException why) {
        return switch (why) {
            case InvalidInput invalid ->
                invalid.flaws().stream().map(Mistakes::words).toList();
            case PersonalDataFound found ->
                found.places().stream()
                        .map(place -> personal(place.pointer(), place.finding()))
                        .toList();
            case Refused.RuleBroken broken ->
                broken.violations().stream().map(Mistakes::words).toList();
            case Refused.Incomplete incomplete ->
                incomplete.pointers().stream()
                        .map(column -> words(new Flaw(column, Form.REQUIRED, "")))
                        .toList();
            case Refused.PersonalData found -> List.of(personal("", found.finding()));
            case Refused.DuplicateReference _ ->
                List.of(new Flaw(
                        "references",
                        "duplicate-reference",
                        "A reference belongs to another request, or to this one with other content. Correct what is"
                                + " recorded instead of importing it again."));
            case Refused.Conflict conflict ->
                List.of(new Flaw("", "conflict", conflict.reason().detail()));
            default -> List.of(new Flaw("", "refused", "It was refused."));
        };
    }

    private static Flaw words(Violation broken) {
        String column = broken.pointer();
        return new Flaw(
                column,
                broken.rule().code(),
                broken.rule() == Rule.UNKNOWN_CODE && !column.isEmpty() ? unknown(column) : broken.detail());
    }

    private static String unknown(String column) {
        return switch (column) {
            case "organisation", "unit", "recipient", "court" ->
                "What stands in " + column + " is the code of no organisation that is registered"
                        + (column.equals("court") ? " as a court." : ".");
            case "purpose" -> codes(column, Purpose.values());
            case "gateway" -> codes(column, Gateway.values());
            case "lawful_basis" -> codes(column, LawfulBasis.values());
            case "decision" -> codes(column, Outcome.APPROVED, Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.OPEN);
            case "refusal_reason" -> codes(column, RefusalReason.values());
            case "nil_reason" -> codes(column, NilReason.values());
            case "destruction_method" -> codes(column, DestructionMethod.values());
            case "source" -> codes(column, Source.values());
            case "override_authoriser" -> codes(column, Decider.values());
            default ->
                column.contains("items") ? codes(column, Item.values()) : "What stands in " + column + " is not known.";
        };
    }

    private static String codes(String column, Code... codes) {
        return "What stands in " + column + " is none of its codes: "
                + Stream.of(codes).map(Code::code).collect(Collectors.joining(", ")) + ".";
    }

    private static Flaw words(Flaw flaw) {
        return flaw.code().equals(Form.REQUIRED) && !flaw.pointer().isEmpty()
                ? new Flaw(flaw.pointer(), flaw.code(), "Fill in " + flaw.pointer() + ".")
                : flaw;
    }

    private static Flaw personal(String column, Guard.Finding finding) {
        return new Flaw(
                column,
                "personal-data",
                "This looks like " + finding.label() + ". Take it out: the ledger keeps no identities and no secrets.");
    }

    /** Columns and codes on one line; the words are told apart from it, once for all lines. */
    static String text(RuntimeException why) {
        Stream<String> reasons = why instanceof PersonalDataFound found
                ? found.places().stream()
                        .map(place -> place.pointer() + " personal-data "
                                + place.finding().code())
                : of(why).stream().map(flaw -> flaw.pointer() + " " + flaw.code());
        return String.join("; ", reasons.toList());
    }
}
