package org.pupilledger.views;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.pupilledger.register.AgreementRegister;

/** Months in which more people were submitted under an agreement than it allows; by agreement, then month. */
@Schema(name = "CeilingBreaches")
public record CeilingBreachesView(List<AgreementRegister.Month> items) {}
