package org.pupilledger.agreement;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * The end of an agreement; the day before was its last in force.
 *
 * @param evidence at least one, each once; {@code NOT_STATED} only alone
 */
public record Ending(
        BusinessDate on,
        List<EndEvidence> evidence,
        @Nullable SourceReference authority) {
    public Ending {
        evidence = evidence.stream().sorted().toList();
        boolean isAlone = evidence.size() == 1;
        if (evidence.isEmpty() || (evidence.contains(EndEvidence.NOT_STATED) && !isAlone)) {
            throw new IllegalArgumentException("no evidence, or contradictory evidence");
        }
        if (new HashSet<>(evidence).size() < evidence.size()) {
            throw new IllegalArgumentException("repeated evidence");
        }
    }
}
