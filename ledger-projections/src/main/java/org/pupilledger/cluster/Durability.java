package org.pupilledger.cluster;

/** Whether a power cut may cost data. */
enum Durability {
    FULL("on", "--sync-method=fsync"),
    /** For tests only. */
    NONE("off", "--no-sync");

    private final String fsync;
    private final String initdbOption;

    Durability(String fsync, String initdbOption) {
        this.fsync = fsync;
        this.initdbOption = initdbOption;
    }

    String fsync() {
        return fsync;
    }

    String initdbOption() {
        return initdbOption;
    }
}
