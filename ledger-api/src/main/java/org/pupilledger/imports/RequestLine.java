package org.pupilledger.imports;

import java.util.List;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.Stage;
import org.pupilledger.values.Reference;

/**
 * A line about one request.
 *
 * @param number 1-based, in the file
 * @param told   the request as the line tells it, with the stages that a historic one brings when it is recorded
 * @param later  stages that are recorded by themselves, in their order: all of a live request
 */
record RequestLine(int number, boolean isLive, RecordRequest told, List<Stage> later) {
    RequestLine {
        later = List.copyOf(later);
    }

    List<String> references() {
        return told.ask().references().stream().map(Reference::value).toList();
    }

    /** The request alone, as it comes in. */
    RecordRequest asked() {
        return new RecordRequest(told.id(), told.ask(), null, null, null, null, told.occasion());
    }
}
