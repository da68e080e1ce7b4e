package org.pupilledger.imports;

import java.util.List;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;

/** A column of a file, and the pointers that rules give to what stands in it. */
interface Column {
    /** As the header writes it. */
    String header();

    List<String> pointers();

    /** The column of a place, empty where it is not in one; the one whose pointer says most. */
    static String at(String pointer, Column[] columns) {
        String found = "";
        int length = -1;
        for (Column column : columns) {
            for (String of : column.pointers()) {
                boolean isIn = pointer.equals(of) || pointer.startsWith(of + "/") || pointer.equals(column.header());
                if (isIn && of.length() > length) {
                    found = column.header();
                    length = of.length();
                }
            }
        }
        return found;
    }

    /** The same refusal with columns for places. */
    static RuntimeException named(RuntimeException why, Column[] columns) {
        return named(why, "", columns);
    }

    /** @param below where the body stands that the places are in */
    static RuntimeException named(RuntimeException why, String below, Column[] columns) {
        return switch (why) {
            case PersonalDataFound found ->
                new PersonalDataFound(found.places().stream()
                        .map(place ->
                                new PersonalDataFound.Place(at(below + place.pointer(), columns), place.finding()))
                        .toList());
            case InvalidInput invalid ->
                new InvalidInput(invalid.flaws().stream()
                        .map(flaw -> CsvAdvice.flaw(at(below + flaw.pointer(), columns), flaw))
                        .toList());
            case Refused.RuleBroken broken ->
                new Refused.RuleBroken(broken.violations().stream()
                        .map(violation -> new Violation(
                                violation.rule(), at(below + violation.pointer(), columns), violation.detail()))
                        .toList());
            case Refused.Incomplete incomplete ->
                new Refused.Incomplete(incomplete.pointers().stream()
                        .map(pointer -> at(below + pointer, columns))
                        .toList());
            default -> why;
        };
    }
}
