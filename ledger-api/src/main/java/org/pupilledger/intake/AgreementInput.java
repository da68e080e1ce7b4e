package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AccessRoute;
import org.pupilledger.agreement.AgreementLevel;
import org.pupilledger.agreement.AgreementPart;
import org.pupilledger.agreement.ApprovalPanel;
import org.pupilledger.agreement.EndEvidence;
import org.pupilledger.agreement.PartyRole;
import org.pupilledger.agreement.RouteReason;
import org.pupilledger.agreement.SuspensionReason;
import org.pupilledger.agreement.VersionStatus;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.reading.Holds;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.Of;

/** An agreement as it was typed: the body of {@code POST /agreements}. */
@Schema(name = "AgreementInput", description = "An agreement and its first version.")
public record AgreementInput(
        @Holds(Text.REFERENCE) @Schema(description = "the department's reference, such as DS00689") @Nullable
        String reference,

        @Of(AgreementLevel.class) @Nullable String level,

        @Schema(description = "reference of the umbrella agreement under which a process-level one stands") @Nullable
        String umbrella,

        @Nullable VersionInput version) {
    /** All that an amendment may change. */
    public record VersionInput(
            @Schema(description = "such as 1.0; no two versions of an agreement have the same") @Nullable
            String number,

            @Holds(Text.DATE)
            @Schema(
                    description =
                            "its first day; may lie in the future; null where a source does not state it, and of what is"
                                    + " not in force yet")
            @Nullable
            String from,

            @Nullable List<PartyInput> parties,
            @Of(LawfulBasis.class) @Nullable String lawfulBasis,

            @Of(Gateway.class)
            @Schema(description = "null only where a source does not state it, or in a draft")
            @Nullable
            String gateway,

            @Nullable RouteInput route,

            @Holds(Text.SOURCE) @Schema(description = "reference of the data protection impact assessment") @Nullable
            String dpia,

            @Of(Item.class) @Schema(description = "items that may be submitted") @Nullable
            List<String> itemsIn,

            @Of(Item.class) @Schema(description = "items that may be returned") @Nullable
            List<String> itemsOut,

            @Schema(description = "people that may be submitted in a month; null for any number") @Nullable
            Integer monthlyCeiling,

            @Of(VersionStatus.class)
            @Schema(description = "IN_FORCE where nothing is said; a draft takes no effect")
            @Nullable
            String status,

            @Holds(Text.DATE) @Nullable String signed,

            @Holds(Text.DATE) @Schema(description = "its last day") @Nullable
            String expiry,

            @Holds(Text.DATE) @Nullable String review,

            @Holds(Text.WORDS) @Schema(description = "in the words of the register of shares") @Nullable
            String title,

            @Holds(Text.WORDS) @Schema(description = "in the words of the register of shares") @Nullable
            String permittedUse,

            @Nullable LicenceInput licence,
            @Nullable ApprovalInput approval,

            @Holds(Text.SOURCE) @Schema(description = "from which the version was taken") @Nullable
            String source) {}

    /** When the licence to use the data ends, as the register of shares has it. */
    public record LicenceInput(
            @Holds(Text.DATE) @Schema(description = "its last day") @Nullable
            String end,

            @Holds(Text.WORDS) @Nullable String description) {}

    /** Whether it came through the approval panel, and when. */
    public record ApprovalInput(
            @Of(ApprovalPanel.class) @Nullable String panel,
            @Holds(Text.DATE) @Nullable String on) {}

    /** Something of it was recorded wrongly. */
    public record AgreementCorrectionInput(
            @Of(AgreementPart.class) @Nullable String part,

            @Holds(Text.DATE)
            @Schema(description = "number of the version, or day or month of the suspension or of the end, as recorded")
            @Nullable
            String was,

            @Schema(description = "the whole version as it should have been recorded") @Nullable
            VersionInput version,

            @Schema(description = "null where it never was suspended") @Nullable
            SuspensionInput suspension,

            @Schema(description = "null where it has not ended") @Nullable
            EndInput end,

            @Of(Cause.class) @Nullable String cause,
            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** It was recorded by mistake. */
    public record AgreementAnnulmentInput(
            @Of(Cause.class) @Nullable String cause,
            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** An organisation in one of its roles. */
    public record PartyInput(
            @Nullable String organisation,
            @Of(PartyRole.class) @Nullable String role) {}

    /** How the recipient gets at the data. */
    public record RouteInput(
            @Of(AccessRoute.class) @Nullable String access,

            @Of(RouteReason.class) @Schema(description = "needed for a direct transfer") @Nullable
            String reason) {}

    /** Nothing new may be approved under it. */
    public record SuspensionInput(
            @Holds(Text.DATE) @Nullable String on,
            @Of(SuspensionReason.class) @Nullable String reason,
            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** The suspension is over. */
    public record ResumptionInput(
            @Holds(Text.DATE) @Nullable String on,
            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** It is over, and this shows that the data are no longer held. */
    public record EndInput(
            @Holds(Text.DATE) @Nullable String on,
            @Of(EndEvidence.class) @Nullable List<String> evidence,
            @Holds(Text.SOURCE) @Nullable String authority) {}

    /** What a published list shows from a day on. */
    public record NoticeInput(
            @Holds(Text.DATE) @Nullable String on,

            @Holds(Text.SOURCE) @Schema(description = "the publication") @Nullable
            String source) {}
}
