package org.pupilledger.ledger;

/** The text of a verifier key, {@code name+hash+base64}, as far as the ledger cares. */
final class KeyText {
    private static final int MAX_LENGTH = 500;

    private KeyText() {}

    /** @throws IllegalArgumentException where it is not 1 to 500 printable ASCII characters without white space */
    static void check(String verifierKey) {
        boolean isShaped = !verifierKey.isEmpty()
                && verifierKey.length() <= MAX_LENGTH
                && verifierKey.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!isShaped) {
            throw new IllegalArgumentException(
                    "a verifier key has 1 to " + MAX_LENGTH + " printable ASCII characters and no white space");
        }
    }

    /** Up to the first plus sign: later ones may be base64. */
    static String nameIn(String verifierKey) {
        int plus = verifierKey.indexOf('+');
        return plus < 0 ? verifierKey : verifierKey.substring(0, plus);
    }
}
