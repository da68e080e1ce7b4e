package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.register.AgreementRegister.Month;

/** Months in which more people were submitted under an agreement than it allows; by agreement, then month. */
@Schema(name = "CeilingBreaches")
public record CeilingBreachesView(List<BreachView> items) {
    /**
     * @param individuals known so far
     * @param notStated   matching requests that do not state how many
     */
    public record BreachView(
            String agreement, String month, @Nullable Integer ceiling, long individuals, long notStated) {}

    static CeilingBreachesView of(List<Month> breaches) {
        return new CeilingBreachesView(breaches.stream()
                .map(breach -> new BreachView(
                        breach.agreement().value(),
                        breach.month().toString(),
                        breach.ceiling(),
                        breach.individuals(),
                        breach.notStated()))
                .toList());
    }
}
