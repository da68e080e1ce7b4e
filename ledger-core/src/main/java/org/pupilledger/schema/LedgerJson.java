package org.pupilledger.schema;

import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.schema.Values.DAY;
import static org.pupilledger.schema.Values.TEXT;

import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.ledger.LedgerEvent.KeyIntroduced;
import org.pupilledger.ledger.LedgerEvent.KeyRetired;
import org.pupilledger.ledger.LedgerEvent.Opened;

/** Facts about the ledger as JSON. */
final class LedgerJson {
    static final Form<Opened> OPENED = Shape.of(Opened::new, member("inception", DAY, Opened::inception));
    static final Form<KeyIntroduced> KEY_INTRODUCED =
            Shape.of(KeyIntroduced::new, member("verifierKey", TEXT, KeyIntroduced::verifierKey));
    static final Form<KeyRetired> KEY_RETIRED =
            Shape.of(KeyRetired::new, member("verifierKey", TEXT, KeyRetired::verifierKey));

    private LedgerJson() {}
}
