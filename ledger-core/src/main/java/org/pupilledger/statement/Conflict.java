package org.pupilledger.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;

/**
 * Statements that cannot all be right.
 *
 * @param figure     that they are about; where one figure is part of another, the whole
 * @param statements at least two, in the order in which they were recorded
 */
public record Conflict(Kind kind, Figure figure, List<Said> statements) implements Comparable<Conflict> {
    /** How they contradict each other. */
    public enum Kind implements Code {
        /** Different numbers for the same figure. */
        SAME_PERIOD,
        /** More in a part, of days or of organisations, than in the whole of it. */
        PART_EXCEEDS_WHOLE
    }

    /** @param value that the statement gives, on the date that was asked for */
    public record Said(Statements.Known statement, Amount value) {
        /** Empty where it had not been told by then. */
        static Optional<Said> of(Statements.Known statement, @Nullable LocalDate toldBy) {
            Amount value = toldBy == null
                    ? statement.state().value()
                    : statement.state().valueToldBy(toldBy);
            return Optional.ofNullable(value).map(told -> new Said(statement, told));
        }
    }

    public Conflict {
        statements = List.copyOf(statements);
    }

    /** Where the first of its oldest two figures was recorded. */
    public long firstPosition() {
        return statements.getFirst().statement().firstPosition();
    }

    /** Where the other of its two figures was first recorded; the same position where there is only one. */
    public long secondPosition() {
        Figure first = statements.getFirst().statement().state().figure();
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
