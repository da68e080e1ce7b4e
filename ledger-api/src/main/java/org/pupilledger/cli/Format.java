package org.pupilledger.cli;

import java.util.function.Function;
import org.pupilledger.terminal.WrongUse;
import tools.jackson.databind.json.JsonMapper;

/** How a result is printed; named as it is typed. */
enum Format {
    text,
    csv,
    json;

    /** @throws WrongUse there is no such format */
    static Format of(String name) {
        for (Format format : values()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        throw new WrongUse("--format: this is text, csv or json.");
    }

    <T> String text(T result, Function<T, String> asText, Function<T, String> asCsv, Function<T, ?> asJson) {
        return switch (this) {
            case text -> asText.apply(result);
            case csv -> asCsv.apply(result);
            case json -> JsonMapper.shared().writeValueAsString(asJson.apply(result)) + System.lineSeparator();
        };
    }
}
