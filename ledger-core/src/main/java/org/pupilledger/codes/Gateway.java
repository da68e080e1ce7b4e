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
    @Label("Data Protection Act 1998, section 29")
    DPA98_S29,
    @Label("Education (Individual Pupil Information) (Prescribed Persons) Regulations 2009")
    EIPI09,
    @Label("Childcare (Provision of Information About Young Children) Regulations 2009")
    CPIYC09,
    @Label("Alternative Provision Regulations 2007")
    AP07,
    @Label("Apprenticeships, Skills, Children and Learning Act 2009")
    ASCLA09,
    @Label("Education and Skills Act 2008")
    ESA08,
    @Label("Education (Student Information) Regulations 2015")
    ESI15,
    @Label("Children Act 1989")
    CA89,
    @Label("School Workforce Regulations 2007")
    SW07,
    @Label("Higher Education and Research Act 2017")
    HERA17,
    OTHER;

    @Override
    public String code() {
        return name().replace('_', '-');
    }
}
