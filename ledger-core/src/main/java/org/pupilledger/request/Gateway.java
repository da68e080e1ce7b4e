package org.pupilledger.request;

/** The power under which data may be shared. */
public enum Gateway implements Code {
    EA96_537A("EA96-537A", "Education Act 1996, section 537A"),
    DPA18_S2P2("DPA18-S2P2", "Data Protection Act 2018, Schedule 2, paragraph 2"),
    DPA18_S2P4("DPA18-S2P4", "Data Protection Act 2018, Schedule 2, paragraph 4"),
    DPA18_S2P5("DPA18-S2P5", "Data Protection Act 2018, Schedule 2, paragraph 5"),
    DEA17_P5C4("DEA17-P5C4", "Digital Economy Act 2017, Part 5, Chapter 4"),
    FLA86_S33("FLA86-S33", "Family Law Act 1986, section 33"),
    DWP_FUNC("DWP-FUNC", "functions of the Department for Work and Pensions"),
    OTHER("OTHER", "other");

    private final String code;
    private final String label;

    Gateway(String code, String label) {
        this.code = code;
        this.label = label;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }
}
