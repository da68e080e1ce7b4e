package org.pupilledger.schema;

import java.time.LocalDate;
import org.pupilledger.ledger.LedgerEvent;

/** Facts about the ledger as JSON. */
final class LedgerJson {
    private LedgerJson() {}

    static void writeOpened(CanonicalWriter out, LedgerEvent.Opened event) {
        out.beginObject().name("inception").value(event.inception().toString()).endObject();
    }

    static LedgerEvent.Opened readOpened(CanonicalReader in) {
        in.beginObject();
        LocalDate inception = Values.day(in.name("inception"));
        in.endObject();
        return new LedgerEvent.Opened(inception);
    }

    static void writeKeyIntroduced(CanonicalWriter out, LedgerEvent.KeyIntroduced event) {
        writeKey(out, event.verifierKey());
    }

    static LedgerEvent.KeyIntroduced readKeyIntroduced(CanonicalReader in) {
        return new LedgerEvent.KeyIntroduced(readKey(in));
    }

    static void writeKeyRetired(CanonicalWriter out, LedgerEvent.KeyRetired event) {
        writeKey(out, event.verifierKey());
    }

    static LedgerEvent.KeyRetired readKeyRetired(CanonicalReader in) {
        return new LedgerEvent.KeyRetired(readKey(in));
    }

    private static void writeKey(CanonicalWriter out, String verifierKey) {
        out.beginObject().name("verifierKey").value(verifierKey).endObject();
    }

    private static String readKey(CanonicalReader in) {
        in.beginObject();
        String verifierKey = in.name("verifierKey").text();
        in.endObject();
        return verifierKey;
    }
}
