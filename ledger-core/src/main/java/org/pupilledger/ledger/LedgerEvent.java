package org.pupilledger.ledger;

import java.time.LocalDate;

/** Facts about the ledger itself. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface LedgerEvent {
    /** The aggregate id of the one ledger that there is. */
    String ID = "ledger";

    /**
     * The ledger began.
     *
     * @param inception its first day, a date in Europe/London; what was received before may be recorded from a source
     */
    record Opened(LocalDate inception) implements LedgerEvent {}

    /**
     * From now on checkpoints are signed with this key too.
     *
     * @param verifierKey what a verifier needs, {@code name+hash+base64}; 1 to 500 printable ASCII characters without
     *                    white space
     * @see <a href="https://c2sp.org/signed-note#verifier-keys">C2SP signed-note, verifier keys</a>
     */
    record KeyIntroduced(String verifierKey) implements LedgerEvent {
        public KeyIntroduced {
            KeyText.check(verifierKey);
        }
    }

    /**
     * From now on no checkpoint is signed with this key; those from before stay good.
     *
     * @param verifierKey the text with which it was introduced
     */
    record KeyRetired(String verifierKey) implements LedgerEvent {
        public KeyRetired {
            KeyText.check(verifierKey);
        }
    }
}
