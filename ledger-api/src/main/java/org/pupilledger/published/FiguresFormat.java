package org.pupilledger.published;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pupilledger.http.Accepted;
import org.pupilledger.reading.Queries;
import org.pupilledger.tables.DocumentOds;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ResponseStatusException;

/** A format in which figures are answered, best first for callers who take any. */
enum FiguresFormat {
    JSON(MediaType.APPLICATION_JSON_VALUE, ".json", 4 << 10),
    CSV("text/csv;charset=UTF-8", ".csv", 4 << 10),
    HTML("text/html;charset=UTF-8", ".html", 8 << 10),
    /** CSV on the Web: what the columns of the CSV mean. */
    CSVM("application/csvm+json", ".csv-metadata.json", 1 << 10),
    /** Is made as a tree of all its cells. */
    ODS(DocumentOds.MEDIA_TYPE, ".ods", 32 << 10);

    private final String mediaType;
    private final String ending;
    private final int bytesPerRow;

    FiguresFormat(String mediaType, String ending, int bytesPerRow) {
        this.mediaType = mediaType;
        this.ending = ending;
        this.bytesPerRow = bytesPerRow;
    }

    /** Memory that a row takes at its worst while the answer is made. */
    int bytesPerRow() {
        return bytesPerRow;
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** Of a file's name. */
    String ending() {
        return ending;
    }

    /** A page and JSON are looked at; a spreadsheet is saved, and so is a CSV, with its metadata, that a link names. */
    boolean isSaved(boolean isAskedByName) {
        return switch (this) {
            case JSON, HTML -> false;
            case CSV, CSVM -> isAskedByName;
            case ODS -> true;
        };
    }

    /**
     * The one that is asked for by its name, else the one that the caller prefers: a browser cannot say what a download
     * should be.
     *
     * @throws ResponseStatusException where no name is given and the caller takes none of them
     */
    static FiguresFormat of(@Nullable String name, HttpServletRequest request) {
        if (name != null) {
            return Arrays.stream(values())
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> Queries.unknownCode("format"));
        }
        MediaType preferred = Accepted.first(
                request, Arrays.stream(values()).map(FiguresFormat::mediaType).toArray(MediaType[]::new));
        return Arrays.stream(values())
                .filter(format -> format.mediaType().equals(preferred))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_ACCEPTABLE));
    }
}
