package org.pupilledger.organisation;

import org.pupilledger.privacy.Guard;

/** The name looks like an identity or a secret; nothing was recorded. */
public final class NameRefused extends RuntimeException {
    private final Guard.Finding finding;

    NameRefused(Guard.Finding finding) {
        super("personal data", null, false, false);
        this.finding = finding;
    }

    public Guard.Finding finding() {
        return finding;
    }
}
