package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.InvalidInput;

/**
 * What {@code If-Match} or {@code If-None-Match} names: whatever there is, or some entity tags.
 *
 * @param areAny whether it is {@code *}, which names no tags
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1">RFC 9110, 13.1</a>
 */
public record EntityTags(boolean areAny, List<Tag> tags) {
    /** A list may have empty elements (RFC 9110, 5.6.1.2), and a tag any byte above 7F (8.8.3). */
    private static final Pattern ELEMENT =
            Pattern.compile("\\G[ \\t]*(?:(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"))?[ \\t]*(,|$)");

    /** Of a representation, or of an answer to a change; without leading zeros, since tags are compared by character. */
    private static final Pattern OF_SEQUENCE = Pattern.compile("\"(0|[1-9][0-9]{0,17})(-[0-9a-f]{32})?\"");

    public EntityTags {
        tags = List.copyOf(tags);
    }

    /** @param opaque with its quotes */
    record Tag(boolean isWeak, String opaque) {}

    /**
     * All lines of a header as one.
     *
     * @return null where there is no such header
     * @throws InvalidInput it is no list of entity tags
     */
    public static @Nullable EntityTags of(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        return lines.isEmpty() ? null : parse(header, String.join(",", lines));
    }

    private static EntityTags parse(String header, String value) {
        if (value.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<Tag> tags = new ArrayList<>();
        Matcher element = ELEMENT.matcher(value);
        boolean isMore = true;
        while (isMore) {
            if (!element.find()) {
                throw new InvalidInput(header, "malformed", "An entity tag is written as the ETag header has it.");
            }
            if (element.group(2) != null) {
                tags.add(new Tag(element.group(1) != null, element.group(2)));
            }
            isMore = element.group(3).equals(",");
        }
        return new EntityTags(false, tags);
    }

    /** For {@code If-Match}: weak tags never match. */
    boolean matchStrongly(String strong) {
        return areAny || tags.contains(new Tag(false, strong));
    }

    /** For {@code If-None-Match}. */
    boolean matchWeakly(String strong) {
        return areAny || tags.stream().anyMatch(tag -> tag.opaque().equals(strong));
    }

    /** The sequences that strong tags name. */
    Set<Long> strongSequences() {
        return sequences(tags.stream().filter(tag -> !tag.isWeak()));
    }

    /** The sequences that tags name, weak or not. */
    Set<Long> sequences() {
        return sequences(tags.stream());
    }

    private static Set<Long> sequences(Stream<Tag> tags) {
        return tags.map(tag -> OF_SEQUENCE.matcher(tag.opaque()))
                .filter(Matcher::matches)
                .map(sequence -> Long.valueOf(sequence.group(1)))
                .collect(Collectors.toSet());
    }
}
