package org.pupilledger.bundle;

/** Which entries a bundle gives; of all others it gives the hashes. */
public enum Variant {
    /** All. */
    AUDIT,
    /** Those that everybody may read. */
    PUBLIC
}
