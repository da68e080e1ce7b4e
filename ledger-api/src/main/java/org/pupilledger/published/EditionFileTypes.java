package org.pupilledger.published;

import java.nio.charset.StandardCharsets;
import org.pupilledger.tables.DocumentOds;
import org.springframework.http.MediaType;

/** The media types of the files of editions. */
final class EditionFileTypes {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType METADATA = MediaType.parseMediaType("application/csvm+json");
    private static final MediaType ODS = MediaType.parseMediaType(DocumentOds.MEDIA_TYPE);

    private EditionFileTypes() {}

    static MediaType of(String name) {
        if (name.endsWith("-metadata.json")) {
            return METADATA;
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> CSV;
            case "html" -> HTML;
            case "json" -> MediaType.APPLICATION_JSON;
            case "ods" -> ODS;
            default -> MediaType.APPLICATION_OCTET_STREAM;
        };
    }

    static boolean isCsv(MediaType type) {
        return type.equals(CSV);
    }

    /** Whether a browser can show it. */
    static boolean isShown(MediaType type) {
        return type.equals(HTML) || type.equals(MediaType.APPLICATION_JSON);
    }
}
