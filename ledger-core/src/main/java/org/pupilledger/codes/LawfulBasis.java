package org.pupilledger.codes;

/** The ground in UK GDPR Article 6. */
public enum LawfulBasis implements Code {
    @Label(value = "public task", source = "https://www.legislation.gov.uk/eur/2016/679/article/6")
    PUBLIC_TASK,
    @Label(value = "legal obligation", source = "https://www.legislation.gov.uk/eur/2016/679/article/6")
    LEGAL_OBLIGATION,
    @Label(value = "vital interests", source = "https://www.legislation.gov.uk/eur/2016/679/article/6")
    VITAL_INTERESTS,
    @Label(value = "legitimate interests", source = "https://www.legislation.gov.uk/eur/2016/679/article/6")
    LEGITIMATE_INTERESTS
}
