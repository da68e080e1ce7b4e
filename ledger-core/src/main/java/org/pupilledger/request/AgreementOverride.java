package org.pupilledger.request;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Decider;
import org.pupilledger.values.SourceReference;

/**
 * Lets a request be approved although its agreement is not in force.
 *
 * @param authoriser the role in which somebody took that on
 * @param authority  the document that says so, if any
 */
public record AgreementOverride(
        Decider authoriser, @Nullable SourceReference authority) implements RequestState.Part {}
