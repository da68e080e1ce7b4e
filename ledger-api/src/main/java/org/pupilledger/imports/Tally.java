package org.pupilledger.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.imports.Imported.Awaited;
import org.pupilledger.imports.Imported.Awaits;
import org.pupilledger.imports.Imported.Counts;
import org.pupilledger.imports.Imported.Last;
import org.pupilledger.imports.Imported.Line;
import org.pupilledger.imports.Imported.Outcome;
import org.pupilledger.imports.Imported.Wrong;
import org.pupilledger.reading.InvalidInput.Flaw;

/** Counts what becomes of lines. It does not grow with them beyond those that a report names. */
final class Tally {
    /** Kinds of mistakes; there are only so many sentences. */
    private static final int MAX_WRONG = 200;

    /** Lines that a mistake names. */
    private static final int MAX_LINES_OF_ONE = 10;

    private final List<Line> refusals = new ArrayList<>();
    private final List<Line> others = new ArrayList<>();
    private final Map<Flaw, Wrong> wrong = new LinkedHashMap<>();
    private final Map<Awaits, Integer> awaiting = new LinkedHashMap<>();
    private Counts counted = new Counts(0, 0, 0);
    private @Nullable Last last;

    void add(Line line) {
        counted = counted.with(line);
        List<Line> kind = line.outcome() == Outcome.REFUSED ? refusals : others;
        if (kind.size() < CsvImport.MAX_NAMED) {
            kind.add(line);
        }
        if (line.awaits() != null) {
            awaiting.merge(line.awaits(), 1, Integer::sum);
        }
        if (line.why() != null) {
            // a line may make one mistake in several places of a column
            Mistakes.of(line.why()).stream().distinct().forEach(flaw -> wrong(flaw, line.number()));
        }
    }

    private void wrong(Flaw flaw, int line) {
        Wrong before = wrong.get(flaw);
        if (before != null || wrong.size() < MAX_WRONG) {
            List<Integer> lines = new ArrayList<>(before == null ? List.of() : before.lines());
            if (lines.size() < MAX_LINES_OF_ONE) {
                lines.add(line);
            }
            int count = before == null ? 1 : before.count() + 1;
            wrong.put(flaw, new Wrong(flaw.pointer(), flaw.code(), flaw.detail(), count, lines));
        }
    }

    void recorded(String id, long sequence) {
        last = new Last(id, sequence);
    }

    /** Lines of which something was recorded. */
    int recorded() {
        return counted.recorded();
    }

    Imported report() {
        List<Line> named = new ArrayList<>(refusals);
        named.addAll(others.subList(0, Math.min(others.size(), CsvImport.MAX_NAMED - refusals.size())));
        named.sort(Comparator.comparingInt(Line::number));
        Counts told = new Counts(0, 0, 0);
        for (Line line : named) {
            told = told.with(line);
        }
        List<Awaited> awaited = new ArrayList<>();
        awaiting.forEach((what, lines) -> awaited.add(new Awaited(what, lines)));
        awaited.sort(Comparator.comparing((Awaited of) -> of.what().step()));
        return new Imported(List.copyOf(wrong.values()), counted, counted.less(told), awaited, named, last);
    }
}
