package org.pupilledger.editions;

import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.figures.TotalsJson;

/**
 * The monthly figures behind an edition, as canonical JSON; see {@link TotalsJson}. The same figures give the same bytes.
 */
public final class FrozenFigures {
    private FrozenFigures() {}

    public static byte[] encode(Totals totals) {
        CanonicalWriter out = new CanonicalWriter();
        TotalsJson.write(out, totals, Tally::hasRequests);
        return out.toByteArray();
    }

    public static Totals decode(byte[] bytes) {
        CanonicalReader in = new CanonicalReader(bytes);
        Totals totals = TotalsJson.read(in);
        in.end();
        return totals;
    }
}
