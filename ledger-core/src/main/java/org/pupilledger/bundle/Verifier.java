package org.pupilledger.bundle;

import java.lang.reflect.InvocationTargetException;

/**
 * Where the standalone verifier begins: compiled for an old Java, so that one that cannot run the rest says so in a
 * sentence.
 */
public final class Verifier {
    private static final int NEEDED = 25;
    private static final int UNREADABLE = 2;

    private Verifier() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        if (Runtime.version().feature() < NEEDED) {
            System.err.println("The verifier needs Java " + NEEDED + " or later; this is Java "
                    + Runtime.version().feature() + ". Start it with the java of a JDK " + NEEDED + ".");
            System.exit(UNREADABLE);
        }
        // by name: the class is of a version that an old Java cannot load
        try {
            Class.forName("org.pupilledger.bundle.VerifyBundle")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
