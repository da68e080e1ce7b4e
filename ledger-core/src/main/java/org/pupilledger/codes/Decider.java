package org.pupilledger.codes;

/** The role of whoever took a decision that is recorded; never a person. */
public enum Decider implements Code {
    @Label("head of profession for statistics")
    HEAD_OF_PROFESSION,
    SENIOR_INFORMATION_RISK_OWNER,
    @Label("data sharing approval board")
    DATA_SHARING_BOARD,
    INFORMATION_ASSET_OWNER,
    MINISTER,
    PERMANENT_SECRETARY
}
