package org.pupilledger.http;

import java.util.UUID;
import org.pupilledger.request.RequestId;
import org.pupilledger.statement.StatementId;

/** Which thing a call is about. */
public final class Conditions {
    private Conditions() {}

    /** The id of a request; what is no id names nothing. */
    public static RequestId requestId(String text) {
        return new RequestId(id(text));
    }

    /** The id of a statement; what is no id names nothing. */
    public static StatementId statementId(String text) {
        return new StatementId(id(text));
    }

    private static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new NothingHere();
    }
}
