package org.pupilledger.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.odftoolkit.odfdom.doc.OdfSpreadsheetDocument;
import org.odftoolkit.odfdom.pkg.OdfPackage;

/**
 * A document as an OpenDocument spreadsheet: a cover, the contents, the notes, then each table on a sheet of its own, its
 * title in A1, marked as a table. The same document gives the same bytes, on any machine and at any time.
 *
 * <p>The library gives the parts; the package is written here, because the library's has the time of day in it.
 *
 * @see <a href="https://docs.oasis-open.org/office/OpenDocument/v1.3/">OpenDocument 1.3</a>
 */
public final class DocumentOds {
    /** Media type of the bytes. */
    public static final String MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet";

    private static final String MIMETYPE = "mimetype";
    private static final String MANIFEST = "META-INF/manifest.xml";
    private static final String META = "meta.xml";
    private static final String STYLES = "styles.xml";
    private static final String CONTENT = "content.xml";
    private static final String LANGUAGE = "en-GB";

    /** References to the halves of a surrogate pair: 55296 to 56319, then 56320 to 57343. */
    private static final Pattern HALVES = Pattern.compile("&#(5[56][0-9]{3});&#(5[67][0-9]{3});");

    private DocumentOds() {}

    public static byte[] of(Document document) {
        Map<String, byte[]> parts = template();
        // Exception is what the library declares
        try (OdfSpreadsheetDocument spreadsheet =
                OdfSpreadsheetDocument.loadDocument(new ByteArrayInputStream(StoredZip.of(parts)))) {
            new SpreadsheetSheets(spreadsheet).write(document);
            spreadsheet.getOfficeMetadata().setTitle(document.title());
            spreadsheet.getOfficeMetadata().setLanguage(LANGUAGE);
            OdfPackage files = spreadsheet.getPackage();
            parts.put(META, wellFormed(files.getBytes(META)));
            parts.put(CONTENT, wellFormed(files.getBytes(CONTENT)));
        } catch (Exception e) {
            throw new IllegalStateException("a spreadsheet in memory cannot fail", e);
        }
        return StoredZip.of(parts);
    }

    /**
     * The library's serialiser writes a character beyond 16 bits as two references, one to each half, which is not XML; here
     * they become one reference. Text in a cell that only looks like that has its ampersand escaped, and is not touched.
     */
    private static byte[] wellFormed(byte[] xml) {
        return HALVES.matcher(new String(xml, UTF_8))
                .replaceAll(halves -> "&#"
                        + Character.toCodePoint(
                                (char) Integer.parseInt(halves.group(1)), (char) Integer.parseInt(halves.group(2)))
                        + ";")
                .getBytes(UTF_8);
    }

    /** An empty spreadsheet with the styles of the sheets; the media type is the first part, as the format wants it. */
    private static Map<String, byte[]> template() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(MIMETYPE, MEDIA_TYPE.getBytes(US_ASCII));
        for (String part : new String[] {MANIFEST, META, STYLES, CONTENT}) {
            parts.put(part, resource(part));
        }
        return parts;
    }

    private static byte[] resource(String part) {
        try (InputStream in = DocumentOds.class.getResourceAsStream("spreadsheet/" + part)) {
            if (in == null) {
                throw new IllegalStateException("the template lacks " + part);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the template cannot be read", e);
        }
    }
}
