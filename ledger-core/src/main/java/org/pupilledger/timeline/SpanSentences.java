package org.pupilledger.timeline;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotalEvent;

/** The events of totals of longer periods in sentences; see {@link Sentences}. */
final class SpanSentences {
    private SpanSentences() {}

    static String of(PeriodTotalEvent event) {
        String total = "The total of " + event.header().organisation() + " for "
                + event.header().period().label();
        return switch (event) {
            case PeriodTotalEvent.Recorded(var header, var counts, var source) ->
                total + " was recorded: " + counted(counts)
                        + Sentences.because(source.source().label(), source.reference()) + ".";
            case PeriodTotalEvent.Corrected(var header, var was, var now, var cause, var authority) ->
                total + " was corrected from " + counted(was) + " to " + counted(now)
                        + Sentences.because(cause.label(), authority) + ".";
            case PeriodTotalEvent.Annulled(var header, var was, var cause, var authority) ->
                total + " was annulled: recorded by mistake, and counted no more"
                        + Sentences.because(cause.label(), authority) + ".";
        };
    }

    /** {@code 25 received, 2 withdrawn; 2462 submitted, 520 matched}; a kind of which nothing is stated is left out. */
    private static String counted(Counts counts) {
        return Stream.of(true, false)
                .map(isOfRequests -> counts.stated().entrySet().stream()
                        .filter(stated -> stated.getKey().isOfRequests() == isOfRequests)
                        .map(stated -> stated.getValue() + " " + words(stated.getKey()))
                        .collect(Collectors.joining(", ")))
                .filter(kind -> !kind.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String words(Count count) {
        return count.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
