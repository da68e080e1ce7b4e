package org.pupilledger.imports;

import java.util.List;
import java.util.Locale;
import org.pupilledger.intake.PeriodTotalInput;
import org.pupilledger.intake.PeriodTotalReader;
import org.pupilledger.request.Occasion;
import org.pupilledger.spans.CountedElsewhere;
import org.pupilledger.spans.PeriodTotalCommand.RecordPeriodTotal;
import org.pupilledger.spans.PeriodTotalId;
import org.pupilledger.views.PeriodTotalCounts.PeopleCounts;
import org.pupilledger.views.PeriodTotalCounts.RequestCounts;

/** The columns of a file of totals of longer periods. */
enum TotalColumns implements Column {
    ORGANISATION("/organisation"),
    FROM("/from"),
    TO("/to"),
    REQUESTS_RECEIVED("/requests/received"),
    REQUESTS_WITHDRAWN("/requests/withdrawn"),
    REQUESTS_REFUSED("/requests/refused"),
    REQUESTS_LED_TO_DATA("/requests/ledToData"),
    INDIVIDUALS_SUBMITTED("/individuals/submitted"),
    INDIVIDUALS_MATCHED("/individuals/matched"),
    INDIVIDUALS_UNMATCHED("/individuals/unmatched"),
    INDIVIDUALS_AMBIGUOUS("/individuals/ambiguous"),
    INDIVIDUALS_ANSWERED("/individuals/answered"),
    INDIVIDUALS_RETURNED("/individuals/returned"),
    SOURCE("/source"),
    SOURCE_REFERENCE("/reference"),
    SOURCE_PUBLISHED("/published");

    private final String pointer;

    TotalColumns(String pointer) {
        this.pointer = pointer;
    }

    @Override
    public String header() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> pointers() {
        return List.of(pointer);
    }

    /** Reads a line into a command; refuses as {@link PeriodTotalReader} does, with columns for places. */
    static RecordPeriodTotal read(CsvCells cells, PeriodTotalId id, CountedElsewhere others, Occasion occasion) {
        PeriodTotalInput input = new PeriodTotalInput(
                cells.text(ORGANISATION),
                cells.text(FROM),
                cells.text(TO),
                new RequestCounts(
                        cells.count(REQUESTS_RECEIVED),
                        cells.count(REQUESTS_WITHDRAWN),
                        cells.count(REQUESTS_REFUSED),
                        cells.count(REQUESTS_LED_TO_DATA)),
                new PeopleCounts(
                        cells.count(INDIVIDUALS_SUBMITTED),
                        cells.count(INDIVIDUALS_MATCHED),
                        cells.count(INDIVIDUALS_UNMATCHED),
                        cells.count(INDIVIDUALS_AMBIGUOUS),
                        cells.count(INDIVIDUALS_ANSWERED),
                        cells.count(INDIVIDUALS_RETURNED)),
                cells.text(SOURCE),
                cells.text(SOURCE_REFERENCE),
                cells.text(SOURCE_PUBLISHED));
        cells.failOnFlaws(List.of(input), values());
        try {
            return PeriodTotalReader.total(id, input, others, occasion);
        } catch (RuntimeException e) {
            throw Column.named(e, values());
        }
    }
}
