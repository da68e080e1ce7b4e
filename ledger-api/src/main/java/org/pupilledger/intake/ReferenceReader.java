package org.pupilledger.intake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.intake.RequestInput.ReferenceInput;
import org.pupilledger.intake.RequestInput.ReferenceRefusalInput;
import org.pupilledger.reading.Form;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand.AddReference;
import org.pupilledger.request.RequestCommand.RefuseReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.RequestId;

/** Turns what was typed of one reference of a request into a command; it throws as {@link RequestReader} does. */
public final class ReferenceReader {
    private ReferenceReader() {}

    public static AddReference added(RequestId id, ReferenceInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        Reference reference = reference(form, input.reference());
        form.fail();
        return new AddReference(id, Objects.requireNonNull(reference), occasion);
    }

    public static RefuseReference refused(RequestId id, ReferenceRefusalInput input, Occasion occasion) {
        InputGuard.check(input);
        Form form = new Form();
        Reference reference = reference(form, input.reference());
        form.require(input.on(), "/on");
        BusinessDate on = form.date(input.on(), "/on");
        RefusalReason reason = form.optional(RefusalReason.class, input.reason(), "/reason");
        form.fail();
        RefusedReference refused =
                new RefusedReference(Objects.requireNonNull(reference), Objects.requireNonNull(on), reason);
        return new RefuseReference(id, refused, occasion);
    }

    private static @Nullable Reference reference(Form form, @Nullable String text) {
        form.require(text, "/reference");
        return new PartsReader(form).reference(text, "/reference");
    }
}
