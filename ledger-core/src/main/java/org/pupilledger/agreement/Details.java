package org.pupilledger.agreement;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * What the register of data shares says of a version beside its terms; what is null is not stated.
 *
 * @param dpia         the data protection impact assessment
 * @param expiry       its last day, or the last of its month
 * @param review       when it is to be reviewed
 * @param title        in the words of the register
 * @param permittedUse in the words of the register
 * @param source       from which the version was taken; only one that has one may leave start or gateway open
 */
public record Details(
        @Nullable SourceReference dpia,
        VersionStatus status,
        @Nullable BusinessDate signed,
        @Nullable BusinessDate expiry,
        @Nullable BusinessDate review,
        @Nullable PublicText title,
        @Nullable PublicText permittedUse,
        @Nullable Licence licence,
        @Nullable Approval approval,
        @Nullable SourceReference source) {
    /** Nothing but perhaps an impact assessment is stated of a version in force. */
    public static Details of(@Nullable SourceReference dpia) {
        return new Details(dpia, VersionStatus.IN_FORCE, null, null, null, null, null, null, null, null);
    }

    /** The last day on which it can be in force: of its expiry, or else of the licence. */
    Optional<LocalDate> lastDay() {
        BusinessDate last = expiry != null || licence == null ? expiry : licence.end();
        return Optional.ofNullable(last).map(BusinessDate::latest);
    }

    /** All that is in the words of a register. */
    Stream<PublicText> texts() {
        return Stream.of(
                        Optional.ofNullable(title),
                        Optional.ofNullable(permittedUse),
                        Optional.ofNullable(licence).map(Licence::description))
                .flatMap(Optional::stream);
    }
}
