package org.pupilledger.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementCommand;
import org.pupilledger.agreement.AgreementCommand.AmendAgreement;
import org.pupilledger.agreement.AgreementCommand.AnnulAgreement;
import org.pupilledger.agreement.AgreementCommand.CorrectAgreement;
import org.pupilledger.agreement.AgreementCommand.EndAgreement;
import org.pupilledger.agreement.AgreementCommand.RegisterAgreement;
import org.pupilledger.agreement.AgreementCommand.ResumeAgreement;
import org.pupilledger.agreement.AgreementCommand.SuspendAgreement;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.AgreementPart;
import org.pupilledger.agreement.EndEvidence;
import org.pupilledger.agreement.Ending;
import org.pupilledger.agreement.Notice;
import org.pupilledger.agreement.Resumption;
import org.pupilledger.agreement.Suspension;
import org.pupilledger.agreement.SuspensionReason;
import org.pupilledger.agreement.Terms;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Code;
import org.pupilledger.intake.AgreementInput.AgreementAnnulmentInput;
import org.pupilledger.intake.AgreementInput.AgreementCorrectionInput;
import org.pupilledger.intake.AgreementInput.EndInput;
import org.pupilledger.intake.AgreementInput.NoticeInput;
import org.pupilledger.intake.AgreementInput.ResumptionInput;
import org.pupilledger.intake.AgreementInput.SuspensionInput;
import org.pupilledger.intake.AgreementInput.VersionInput;
import org.pupilledger.reading.Form;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.request.Agreements;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * Turns what was typed about an agreement into a command. Every flaw of form is told at once; then every code and
 * organisation that is not known.
 *
 * <p>Its methods throw {@link PersonalDataFound} where what was typed must not be kept, {@link InvalidInput} where the form
 * is wrong or something is missing, {@link org.pupilledger.refusal.Refused.RuleBroken} where a code is not known.
 */
public final class AgreementReader {
    private static final AgreementReference NO_REFERENCE = new AgreementReference("R0");
    private static final SourceReference NO_SOURCE = new SourceReference("0");
    private static final BusinessDate NO_DATE = BusinessDate.of(LocalDate.EPOCH);

    private final Form form = new Form();
    private final Occasion occasion;
    private final VersionReader versions;

    private AgreementReader(Occasion occasion) {
        this.occasion = occasion;
        this.versions = new VersionReader(form, occasion);
    }

    public static RegisterAgreement registration(AgreementInput input, Occasion occasion) {
        InputGuard.check(input);
        return new AgreementReader(occasion).registration(input);
    }

    public static AmendAgreement amendment(AgreementReference reference, VersionInput input, Occasion occasion) {
        InputGuard.check(input);
        AgreementReader reader = new AgreementReader(occasion);
        Terms terms = reader.versions.terms(input, "");
        reader.form.fail();
        return new AmendAgreement(reference, terms, occasion);
    }

    public static SuspendAgreement suspension(AgreementReference reference, SuspensionInput input, Occasion occasion) {
        InputGuard.check(input);
        AgreementReader reader = new AgreementReader(occasion);
        Suspension suspension = reader.suspension(input, "");
        reader.form.fail();
        return new SuspendAgreement(reference, suspension, occasion);
    }

    public static ResumeAgreement resumption(AgreementReference reference, ResumptionInput input, Occasion occasion) {
        InputGuard.check(input);
        AgreementReader reader = new AgreementReader(occasion);
        Resumption resumption = new Resumption(
                reader.form.date(input.on(), NO_DATE, "/on"),
                reader.form.sourceReference(input.authority(), "/authority"));
        reader.form.fail();
        return new ResumeAgreement(reference, resumption, occasion);
    }

    public static EndAgreement end(AgreementReference reference, EndInput input, Occasion occasion) {
        InputGuard.check(input);
        AgreementReader reader = new AgreementReader(occasion);
        Ending ending = reader.ending(input, "");
        reader.form.fail();
        return new EndAgreement(reference, ending, occasion);
    }

    public static CorrectAgreement correction(
            AgreementReference reference, AgreementCorrectionInput input, Occasion occasion) {
        InputGuard.check(input);
        return new AgreementReader(occasion).correction(reference, input);
    }

    public static AnnulAgreement annulment(
            AgreementReference reference, AgreementAnnulmentInput input, Occasion occasion) {
        InputGuard.check(input);
        AgreementReader reader = new AgreementReader(occasion);
        Cause cause = reader.form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = reader.form.sourceReference(input.authority(), "/authority");
        reader.form.fail();
        return new AnnulAgreement(reference, cause, authority, occasion);
    }

    private CorrectAgreement correction(AgreementReference reference, AgreementCorrectionInput input) {
        AgreementPart part = form.required(AgreementPart.class, input.part(), AgreementPart.VERSION, "/part");
        form.require(input.was(), "/was");
        Cause cause = form.required(Cause.class, input.cause(), Cause.OTHER, "/cause");
        SourceReference authority = form.sourceReference(input.authority(), "/authority");
        if (part == AgreementPart.VERSION) {
            form.require(input.version(), "/version");
        }
        only(part == AgreementPart.VERSION, input.version(), "/version");
        only(part == AgreementPart.SUSPENSION, input.suspension(), "/suspension");
        only(part == AgreementPart.END, input.end(), "/end");
        Terms terms = input.version() == null ? null : versions.terms(input.version(), "/version");
        Suspension suspension = input.suspension() == null ? null : suspension(input.suspension(), "/suspension");
        Ending ending = input.end() == null ? null : ending(input.end(), "/end");
        form.fail();
        return new CorrectAgreement(
                reference,
                part,
                Objects.requireNonNullElse(input.was(), ""),
                terms,
                suspension,
                ending,
                cause,
                authority,
                occasion);
    }

    private void only(boolean isCorrected, @Nullable Object value, String at) {
        if (!isCorrected && value != null) {
            form.flaw(at, Form.MALFORMED, "Only what is corrected is told.");
        }
    }

    private Suspension suspension(SuspensionInput input, String at) {
        return new Suspension(
                form.date(input.on(), NO_DATE, at + "/on"),
                form.optional(SuspensionReason.class, input.reason(), at + "/reason"),
                form.sourceReference(input.authority(), at + "/authority"));
    }

    private Ending ending(EndInput input, String at) {
        return new Ending(
                form.date(input.on(), NO_DATE, at + "/on"),
                evidence(input.evidence(), at + "/evidence"),
                form.sourceReference(input.authority(), at + "/authority"));
    }

    /** @param command makes the one that lists or the one that unlists */
    public static <C extends AgreementCommand> C notice(
            NoticeInput input, Occasion occasion, BiFunction<Notice, Occasion, C> command) {
        InputGuard.check(input);
        AgreementReader reader = new AgreementReader(occasion);
        BusinessDate on = reader.form.date(input.on(), NO_DATE, "/on");
        SourceReference source = reader.form.sourceReference(input.source(), "/source");
        reader.form.require(input.source(), "/source");
        reader.form.fail();
        return command.apply(new Notice(on, Objects.requireNonNullElse(source, NO_SOURCE)), occasion);
    }

    private RegisterAgreement registration(AgreementInput input) {
        AgreementReference reference = form.required(
                input.reference(),
                AgreementReference::parse,
                NO_REFERENCE,
                "/reference",
                "A reference is 2 to 20 upper-case letters, digits and hyphens, a letter first, with at least one digit; of a"
                        + " process agreement under the reference of its umbrella, also a number such as .P1 after it.");
        AgreementLevel level = form.required(AgreementLevel.class, input.level(), AgreementLevel.PROCESS, "/level");
        AgreementReference umbrella = umbrella(input.umbrella(), level);
        if (reference.equals(umbrella)) {
            reference = reference.firstProcess();
        }
        VersionInput version = input.version();
        form.require(version, "/version");
        if (version == null) {
            form.failOnFlaws();
        }
        Terms terms = versions.terms(Objects.requireNonNull(version), "/version");
        form.fail();
        return new RegisterAgreement(reference, level, umbrella, terms, occasion);
    }

    private @Nullable AgreementReference umbrella(@Nullable String text, AgreementLevel level) {
        if (text == null) {
            return null;
        }
        if (level == AgreementLevel.UMBRELLA) {
            form.flaw("/umbrella", Form.MALFORMED, "Only a process-level agreement stands under an umbrella.");
            return null;
        }
        AgreementReference umbrella = AgreementReference.parse(text).orElse(null);
        boolean isKnown = umbrella != null
                && occasion.agreements()
                        .find(umbrella)
                        .filter(Agreements.Permission::isUmbrella)
                        .isPresent();
        if (!isKnown) {
            form.unknown("/umbrella");
        }
        return umbrella;
    }

    private List<EndEvidence> evidence(@Nullable List<String> texts, String at) {
        List<EndEvidence> otherwise = List.of(EndEvidence.NOT_STATED);
        if (texts == null || texts.isEmpty()) {
            form.require(null, at);
            return otherwise;
        }
        List<EndEvidence> evidence = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            EndEvidence one = Code.parse(EndEvidence.class, texts.get(i)).orElse(null);
            if (one == null) {
                form.unknown(at + "/" + i);
            } else {
                evidence.add(one);
            }
        }
        if (new HashSet<>(evidence).size() < evidence.size()) {
            form.flaw(at, "repeated", "Each piece of evidence stands here once.");
            return otherwise;
        }
        if (evidence.contains(EndEvidence.NOT_STATED) && texts.size() > 1) {
            form.flaw(at, Form.MALFORMED, "What is not stated stands alone.");
            return otherwise;
        }
        return evidence.isEmpty() ? otherwise : evidence;
    }
}
