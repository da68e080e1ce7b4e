package org.pupilledger.backup;

import org.pupilledger.verdict.Break;

/** Something in a full bundle is not as it was signed, or is damaged. */
final class BackupBroken extends RuntimeException {
    private final transient Break found;

    BackupBroken(Break.Kind kind, long position, String sentence) {
        this(new Break(kind, position, sentence));
    }

    BackupBroken(Break found) {
        super(found.sentence(), null, false, false);
        this.found = found;
    }

    Break found() {
        return found;
    }
}
