package org.pupilledger.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a caller is told of a command that succeeded; remembered under its idempotency key. */
@SuppressWarnings("ArrayRecordComponent") // equal by content, see below
public record Answer(
        int status,
        @Nullable String location,
        @Nullable String etag,
        @Nullable String ledgerSequence,
        byte[] body) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Answer answer
                && status == answer.status
                && Objects.equals(location, answer.location)
                && Objects.equals(etag, answer.etag)
                && Objects.equals(ledgerSequence, answer.ledgerSequence)
                && Arrays.equals(body, answer.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, location, etag, ledgerSequence, Arrays.hashCode(body));
    }

    @Override
    public String toString() {
        return "answer " + status;
    }
}
