package org.pupilledger.failure;

import org.jspecify.annotations.Nullable;

/** What is stored is not what was recorded or signed, so it is neither told nor built upon. The message quotes no data. */
public class Damaged extends RuntimeException {
    public Damaged(String sentence) {
        this(sentence, null);
    }

    public Damaged(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
