package org.pupilledger.codes;

/** The power under which data may be shared. */
public enum Gateway implements Code {
    @Label(
            value = "Education Act 1996, section 537A",
            source = "https://www.legislation.gov.uk/ukpga/1996/56/section/537A")
    EA96_537A,
    @Label(
            value = "Data Protection Act 2018, Schedule 2, paragraph 2",
            source = "https://www.legislation.gov.uk/ukpga/2018/12/schedule/2/paragraph/2")
    DPA18_S2P2,
    @Label(
            value = "Data Protection Act 2018, Schedule 2, paragraph 4",
            source = "https://www.legislation.gov.uk/ukpga/2018/12/schedule/2/paragraph/4")
    DPA18_S2P4,
    @Label(
            value = "Data Protection Act 2018, Schedule 2, paragraph 5",
            source = "https://www.legislation.gov.uk/ukpga/2018/12/schedule/2/paragraph/5")
    DPA18_S2P5,
    @Label(
            value = "Digital Economy Act 2017, Part 5, Chapter 4",
            source = "https://www.legislation.gov.uk/ukpga/2017/30/part/5/chapter/4")
    DEA17_P5C4,
    @Label(
            value = "Family Law Act 1986, section 33",
            source = "https://www.legislation.gov.uk/ukpga/1986/55/section/33")
    FLA86_S33,
    @Label("functions of the Department for Work and Pensions")
    DWP_FUNC,
    @Label(
            value = "Data Protection Act 1998, section 29",
            source = "https://www.legislation.gov.uk/ukpga/1998/29/section/29")
    DPA98_S29,
    @Label(
            value = "Education (Individual Pupil Information) (Prescribed Persons) Regulations 2009",
            source = "https://www.legislation.gov.uk/uksi/2009/1563")
    EIPI09,
    @Label("Childcare (Provision of Information About Young Children) Regulations 2009")
    CPIYC09,
    @Label("Alternative Provision Regulations 2007")
    AP07,
    @Label(
            value = "Apprenticeships, Skills, Children and Learning Act 2009",
            source = "https://www.legislation.gov.uk/ukpga/2009/22")
    ASCLA09,
    @Label(value = "Education and Skills Act 2008", source = "https://www.legislation.gov.uk/ukpga/2008/25")
    ESA08,
    @Label("Education (Student Information) Regulations 2015")
    ESI15,
    @Label(value = "Children Act 1989", source = "https://www.legislation.gov.uk/ukpga/1989/41")
    CA89,
    @Label("School Workforce Regulations 2007")
    SW07,
    @Label(value = "Higher Education and Research Act 2017", source = "https://www.legislation.gov.uk/ukpga/2017/29")
    HERA17,
    OTHER;

    @Override
    public String code() {
        return name().replace('_', '-');
    }
}
