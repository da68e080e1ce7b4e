package org.pupilledger.statement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;

/**
 * What a number is about. Two statements are about the same figure where all of this is the same.
 *
 * @param organisation whose requests are counted; null for those of all organisations together
 */
public record Figure(PublishedMeasure measure, @Nullable OrganisationCode organisation, Period period) {}
