package org.pupilledger;

import java.lang.reflect.InvocationTargetException;

/**
 * Where the program begins: compiled for an old Java, so that one that cannot run the rest says so in a sentence.
 */
public final class Main {
    private static final int NEEDED = 25;
    private static final int REFUSED = 2;

    private Main() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        if (Runtime.version().feature() < NEEDED) {
            System.err.println("The ledger needs Java " + NEEDED + " or later; this is Java "
                    + Runtime.version().feature() + ". Start it with the java of a JDK " + NEEDED + ".");
            System.exit(REFUSED);
        }
        // by name: the class is of a version that an old Java cannot load
        try {
            Class.forName("org.pupilledger.LedgerApplication")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
