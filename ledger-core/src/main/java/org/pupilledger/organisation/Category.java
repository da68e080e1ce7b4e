package org.pupilledger.organisation;

/** The sheet of the publication to which an organisation's requests belong. */
public enum Category {
    HOME_OFFICE("Home Office"),
    POLICE("Police and criminal investigation authorities"),
    COURT("Courts"),
    OTHER_GOVERNMENT("Other government"),
    OTHER("Other");

    private final String label;

    Category(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
