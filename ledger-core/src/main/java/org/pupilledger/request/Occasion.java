package org.pupilledger.request;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Organisations;

/**
 * What a rule needs to know beside the command and the request.
 *
 * @param today     the business date, Europe/London
 * @param inception the ledger's first day
 * @param ifMatch   sequences of which the request's newest event must have one, or null for any (RFC 9110, 13.1.1)
 */
public record Occasion(
        LocalDate today,
        LocalDate inception,
        Organisations organisations,
        Agreements agreements,
        @Nullable Set<Long> ifMatch) {}
