package org.pupilledger.request;

/** The role of whoever took a decision that is recorded; never a person. */
public enum Decider implements Code {
    HEAD_OF_PROFESSION("head of profession for statistics"),
    SENIOR_INFORMATION_RISK_OWNER("senior information risk owner"),
    DATA_SHARING_BOARD("data sharing approval board"),
    INFORMATION_ASSET_OWNER("information asset owner"),
    MINISTER("minister"),
    PERMANENT_SECRETARY("permanent secretary");

    private final String label;

    Decider(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
