package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the server. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Reply(int status, Map<String, List<String>> headers, byte[] bytes) {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return MAPPER.readTree(bytes);
    }

    /** A value as text, or JSON where it is not a text; {@code MISSING} where there is none. */
    String at(String pointer) {
        JsonNode node = json().at(pointer);
        if (node.isMissingNode()) {
            return "MISSING";
        }
        return node.isString() ? node.stringValue() : node.toString();
    }

    String id() {
        return at("/id");
    }

    /** A header, empty where there is none; names are lower case. */
    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return String.join(", ", values);
    }

    /** The sequence that the entity tag of a representation begins with. */
    String version() {
        assertThat(header("etag")).as("ETag of %s", this).matches("\"[0-9]+-[0-9a-f]{32}\"");
        return header("etag").substring(1, header("etag").indexOf('-'));
    }

    long sequence() {
        assertThat(header("ledger-sequence")).as("Ledger-Sequence of %s", this).isNotEmpty();
        return Long.parseLong(header("ledger-sequence"));
    }

    /**
     * A problem in short, such as {@code 422 rule-broken /matched matched-exceeds-submitted}; asserts that it has all
     * that every problem has.
     */
    String problem() {
        assertThat(header("content-type")).as("type of %s", this).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.propertyNames())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance", "errors");
        assertThat(at("/type")).startsWith("/problems/");
        assertThat(at("/title")).isNotBlank();
        assertThat(at("/detail")).isNotBlank();
        assertThat(at("/instance")).matches("urn:uuid:[0-9a-f-]{36}");
        assertThat(at("/status")).isEqualTo(Integer.toString(status));
        List<String> parts = new ArrayList<>();
        parts.add(status + " " + at("/type").substring("/problems/".length()));
        for (JsonNode error : problem.get("errors")) {
            assertThat(error.propertyNames()).containsExactlyInAnyOrder("pointer", "code", "detail");
            assertThat(error.get("detail").stringValue()).isNotBlank();
            parts.add((error.get("pointer").stringValue() + " "
                            + error.get("code").stringValue())
                    .strip());
        }
        return String.join(" | ", parts);
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + text();
    }
}
