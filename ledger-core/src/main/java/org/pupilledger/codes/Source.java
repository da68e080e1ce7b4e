package org.pupilledger.codes;

/** Where a historic request was found. */
public enum Source implements Code {
    @Label("answer to a freedom of information request")
    FOI_ANSWER,
    @Label("parliamentary answer or statement")
    PARLIAMENT,
    PUBLICATION,
    @Label("department file")
    FILE,
    OTHER
}
