package org.pupilledger.organisation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of an organisation beside its code.
 *
 * @param name   public name, 1 to {@value #MAX_NAME} characters, never a person's
 * @param parent the organisation it rolls up to, if any
 */
public record OrganisationProfile(
        String name, Category category, @Nullable OrganisationCode parent) {
    public static final int MAX_NAME = 100;

    /** Whether both stand in the same table and below the same organisation. */
    boolean isPlacedLike(OrganisationProfile other) {
        return category == other.category && Objects.equals(parent, other.parent);
    }
}
