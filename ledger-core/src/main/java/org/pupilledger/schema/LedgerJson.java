package org.pupilledger.schema;

import java.time.DateTimeException;
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
        LocalDate inception = date(in.name("inception").text());
        in.endObject();
        return new LedgerEvent.Opened(inception);
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableEvent("not a date");
        }
    }
}
