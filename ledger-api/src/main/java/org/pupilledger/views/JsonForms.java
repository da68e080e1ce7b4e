package org.pupilledger.views;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementCounts;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.Ending;
import org.pupilledger.agreement.Notice;
import org.pupilledger.agreement.PublicText;
import org.pupilledger.agreement.Suspension;
import org.pupilledger.agreement.Terms;
import org.pupilledger.agreement.VersionNumber;
import org.pupilledger.codes.Code;
import org.pupilledger.digest.Sha256;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.rebuild.Outcome;
import org.pupilledger.rebuild.Rebuilds;
import org.pupilledger.register.AgreementRegister;
import org.pupilledger.request.AgreementOverride;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestState;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.SourceReference;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How values are written in JSON, and where a thing is written with other members than it has. The forms are never made:
 * they only bear annotations for members of the same name.
 */
public final class JsonForms extends SimpleModule {
    /** Written as they print themselves. */
    private static final Set<Class<?>> TEXTS = Set.of(
            AgreementReference.class,
            BusinessDate.class,
            LocalDate.class,
            OrganisationCode.class,
            PublicText.class,
            Quarter.class,
            Reference.class,
            Sha256.class,
            SourceReference.class,
            VersionNumber.class,
            YearMonth.class);

    /** By class, the form of its things. */
    static final Map<Class<?>, Class<?>> FORMS = Map.ofEntries(
            Map.entry(AgreementCounts.Counted.class, CountedForm.class),
            Map.entry(AgreementOverride.class, OverrideForm.class),
            Map.entry(AgreementRegister.Month.class, BreachForm.class),
            Map.entry(AgreementState.Pause.class, PauseForm.class),
            Map.entry(AgreementState.Shown.class, ShownForm.class),
            Map.entry(Content.class, ContentForm.class),
            Map.entry(Content.TreeHead.class, TreeHeadForm.class),
            Map.entry(Ending.class, EndForm.class),
            Map.entry(Outcome.class, OutcomeForm.class),
            Map.entry(PublishedFile.class, FileForm.class),
            Map.entry(Rebuilds.Unfinished.class, UnfinishedForm.class),
            Map.entry(RequestState.Correction.class, CorrectionForm.class),
            Map.entry(Terms.class, VersionForm.class));

    public JsonForms() {
        TEXTS.forEach(type -> write(type, Object::toString));
        write(Code.class, Code::code);
        write(Field.class, Field::path);
        addSerializer(Individuals.class, new StdSerializer<>(Individuals.class) {
            @Override
            public void serialize(Individuals value, JsonGenerator json, SerializationContext context) {
                context.writeValue(json, value.orNull());
            }
        });
        FORMS.forEach(this::setMixInAnnotation);
    }

    private <T> void write(Class<T> type, Function<T, String> text) {
        addSerializer(type, new StdSerializer<>(type) {
            @Override
            public void serialize(T value, JsonGenerator json, SerializationContext context) {
                json.writeString(text.apply(value));
            }
        });
    }

    /** As what values of a class are written; the class itself where it is no value of ours. */
    static Class<?> written(Class<?> type) {
        if (TEXTS.contains(type) || type == Field.class || Code.class.isAssignableFrom(type)) {
            return String.class;
        }
        return Individuals.class.isAssignableFrom(type) ? Integer.class : type;
    }

    @JsonPropertyOrder({"reference", "level", "roles", "via", "shared", "signed", "standing", "counted", "reason"})
    @Schema(name = "CountedAgreementView")
    interface CountedForm {
        @JsonProperty("shared")
        boolean isShared();

        @JsonProperty("counted")
        boolean isCounted();
    }

    @Schema(name = "OverrideView")
    interface OverrideForm {}

    @Schema(name = "BreachView")
    interface BreachForm {
        @JsonIgnore
        boolean isExceeded();
    }

    @Schema(name = "SuspensionView")
    interface PauseForm {
        @JsonUnwrapped
        Suspension suspension();

        @JsonIgnore
        LocalDate from();

        @JsonIgnore
        @Nullable
        LocalDate until();
    }

    @Schema(name = "NoticeView")
    interface ShownForm {
        @JsonProperty("listed")
        boolean isListed();

        @JsonUnwrapped
        Notice notice();

        @JsonIgnore
        LocalDate effect();
    }

    interface ContentForm {
        @JsonIgnore
        List<PublishedFile> files();
    }

    @Schema(name = "EditionCheckpoint")
    interface TreeHeadForm {}

    @Schema(name = "EndView")
    interface EndForm {}

    @Schema(name = "RebuildOutcome")
    interface OutcomeForm {
        @JsonIgnore
        String projection();
    }

    interface FileForm {
        @JsonProperty("sha256")
        Sha256 digest();
    }

    @Schema(name = "UnfinishedRebuild")
    interface UnfinishedForm {}

    interface CorrectionForm {
        @JsonUnwrapped
        Change change();
    }

    @Schema(name = "VersionView")
    interface VersionForm {
        @JsonUnwrapped
        Details details();

        @JsonIgnore
        boolean isShared();
    }
}
