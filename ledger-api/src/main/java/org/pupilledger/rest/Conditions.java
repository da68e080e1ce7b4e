package org.pupilledger.rest;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.intake.InvalidInput;
import org.pupilledger.request.RequestId;
import org.pupilledger.statement.StatementId;

/** Which thing a call is about, and which version of it the caller knows. */
final class Conditions {
    private static final Pattern ENTITY_TAG = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e]*)\"\\s*(,|$)");
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");

    private Conditions() {}

    /** The id of a request; what is no id names nothing. */
    static RequestId requestId(String text) {
        return new RequestId(id(text));
    }

    /** The id of a statement; what is no id names nothing. */
    static StatementId statementId(String text) {
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

    /**
     * Sequences that an {@code If-Match} header admits; null for any. Weak tags never match.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1">RFC 9110, 13.1.1</a>
     */
    static @Nullable Set<Long> ifMatch(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return null;
        }
        Set<Long> sequences = new HashSet<>();
        Matcher tag = ENTITY_TAG.matcher(header);
        int at = 0;
        while (at < header.length()) {
            if (!tag.find(at) || tag.start() != at) {
                throw new InvalidInput("If-Match", "malformed", "An entity tag is written as the ETag header has it.");
            }
            if (tag.group(1) == null && SEQUENCE.matcher(tag.group(2)).matches()) {
                sequences.add(Long.valueOf(tag.group(2)));
            }
            at = tag.end();
        }
        return sequences;
    }
}
