package org.pupilledger.codes;

/** The power under which data may be shared. */
public enum Gateway implements Code {
    @Label("Education Act 1996, section 537A")
    EA96_537A,
    @Label("Data Protection Act 2018, Schedule 2, paragraph 2")
    DPA18_S2P2,
    @Label("Data Protection Act 2018, Schedule 2, paragraph 4")
    DPA18_S2P4,
    @Label("Data Protection Act 2018, Schedule 2, paragraph 5")
    DPA18_S2P5,
    @Label("Digital Economy Act 2017, Part 5, Chapter 4")
    DEA17_P5C4,
    @Label("Family Law Act 1986, section 33")
    FLA86_S33,
    @Label("functions of the Department for Work and Pensions")
    DWP_FUNC,
    OTHER;

    @Override
    public String code() {
        return name().replace('_', '-');
    }
}
