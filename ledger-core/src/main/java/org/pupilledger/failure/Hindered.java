package org.pupilledger.failure;

import org.jspecify.annotations.Nullable;

/**
 * It cannot be done as things are: settings, files, a key, the database or another program are in the way. The message says
 * which, why, and what whoever runs the program can do about it; it holds no secret.
 */
public class Hindered extends RuntimeException {
    public Hindered(String sentence) {
        this(sentence, null);
    }

    public Hindered(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
