package org.pupilledger.statement;

import java.util.List;

/**
 * Statements of one measure and organisation that cannot all be right, or of which nobody can tell.
 *
 * @param statements at least two, in the order in which they were recorded
 */
public record Conflict(Kind kind, List<Said> statements) implements Comparable<Conflict> {
    /** How they contradict each other. */
    public enum Kind {
        /** Different numbers for the same period. */
        SAME_PERIOD,
        /** More in a part of a period than in the whole of it. */
        PART_EXCEEDS_WHOLE,
        /** Different numbers for periods that overlap: neither can be checked against the other. */
        OVERLAP
    }

    /** @param value that the statement gives, on the date that was asked for */
    public record Said(Statements.Known statement, int value) {}

    public Conflict {
        statements = List.copyOf(statements);
    }

    public Figure figure() {
        return statements.getFirst().statement().state().figure();
    }

    /** Where the first of its oldest two figures was recorded. */
    public long firstPosition() {
        return statements.getFirst().statement().firstPosition();
    }

    /** Where the other of its two figures was first recorded; the same position where there is only one. */
    public long secondPosition() {
        Figure first = figure();
        return statements.stream()
                .map(Said::statement)
                .filter(statement -> !statement.state().figure().equals(first))
                .mapToLong(Statements.Known::firstPosition)
                .findFirst()
                .orElse(firstPosition());
    }

    @Override
    public int compareTo(Conflict other) {
        int byFirst = Long.compare(firstPosition(), other.firstPosition());
        return byFirst != 0 ? byFirst : Long.compare(secondPosition(), other.secondPosition());
    }
}
