package org.pupilledger.imports;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pupilledger.imports.Imported.Line;
import org.pupilledger.imports.Imported.Outcome;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.refusal.Refused;
import org.pupilledger.register.PeriodTotalDirectory;
import org.pupilledger.request.Occasion;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.RecordPeriodTotal;
import org.pupilledger.spans.PeriodTotalId;
import org.pupilledger.store.Commands;

/** Records totals of longer periods line by line: there are few, and each is a transaction. */
record TotalLines(
        CsvHeader header, Commands commands, PeriodTotalDirectory totals, Officer officer, Occasion now, Tally tally) {
    void chunk(List<CsvLines.RawLine> chunk) {
        for (CsvLines.RawLine raw : chunk) {
            try {
                tally.add(record(raw));
            } catch (PersonalDataFound | InvalidInput | Refused e) {
                tally.add(Line.refused(raw.number(), e));
            }
        }
    }

    private Line record(CsvLines.RawLine raw) {
        PeriodTotalId id = new PeriodTotalId(UUID.randomUUID());
        RecordPeriodTotal command = TotalColumns.read(header.read(raw), id, totals, now);
        Optional<String> before = totals.recordedAs(command.recorded());
        if (before.isPresent()) {
            return Line.of(raw.number(), Outcome.ALREADY_RECORDED, before.get());
        }
        try {
            PeriodTotal.Recorded recorded = commands.send(command, officer.needRecorder());
            tally.recorded(id.toString(), recorded.sequence());
        } catch (Refused e) {
            throw Column.named(e, TotalColumns.values());
        }
        return Line.of(raw.number(), Outcome.RECORDED, id.toString());
    }
}
