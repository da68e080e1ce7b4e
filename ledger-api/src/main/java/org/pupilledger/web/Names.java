package org.pupilledger.web;

import org.pupilledger.node.Registers;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.springframework.stereotype.Component;

/** What organisations are called; the pages name no code where there is a name. */
@Component
public record Names(Registers registers) {
    /** Of a code as a published table has it; the code itself where it is of none that is registered. */
    public String of(String code) {
        return OrganisationCode.parse(code)
                .flatMap(registers.organisations()::find)
                .map(OrganisationProfile::name)
                .orElse(code);
    }
}
