package org.pupilledger.imports;

import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.request.Stage;
import org.pupilledger.store.Author;

/**
 * Who imports, in each role that they have: what a line tells is recorded as far as these go.
 *
 * @param recorder null where they do not record
 * @param approver null where they do not decide
 */
public record Officer(@Nullable Author recorder, @Nullable Author approver) {
    /** One who records and never decides. */
    public static Officer recording(Author author) {
        return new Officer(author, null);
    }

    @Nullable
    Author of(Stage stage) {
        return stage instanceof Stage.Decision ? approver : recorder;
    }

    /** @throws InvalidInput they do not record */
    Author needRecorder() {
        if (recorder == null) {
            throw needed();
        }
        return recorder;
    }

    static InvalidInput needed() {
        return new InvalidInput(
                "",
                "recorder-required",
                "This is not recorded yet, and only a recorder does that: a recorder has to import the file first.");
    }

    static String role(Stage stage) {
        return stage instanceof Stage.Decision ? "APPROVER" : "RECORDER";
    }
}
