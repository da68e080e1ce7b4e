package org.pupilledger.editions;

import org.pupilledger.schema.CanonicalReader;
import org.pupilledger.schema.CanonicalWriter;
import org.pupilledger.totals.Tally;
import org.pupilledger.totals.Totals;
import org.pupilledger.totals.TotalsJson;

/**
 * The monthly figures behind an edition, as canonical JSON; see {@link TotalsJson}. The same figures give the same bytes.
 */
final class FrozenFigures {
    private FrozenFigures() {}

    static byte[] encode(Totals totals) {
        CanonicalWriter out = new CanonicalWriter();
        TotalsJson.write(out, totals, Tally::hasRequests);
        return out.toByteArray();
    }

    static Totals decode(byte[] bytes) {
        CanonicalReader in = new CanonicalReader(bytes);
        Totals totals = TotalsJson.read(in);
        in.end();
        return totals;
    }
}
