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
    OTHER;

    /** Whether everybody can look it up, so that what it names is public. */
    public boolean isPublished() {
        return switch (this) {
            case FOI_ANSWER, PARLIAMENT, PUBLICATION -> true;
            case FILE, OTHER -> false;
        };
    }
}
