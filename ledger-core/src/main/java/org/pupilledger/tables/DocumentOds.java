package org.pupilledger.tables;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import org.pupilledger.zip.StoredZip;

/**
 * A document as an OpenDocument spreadsheet: a cover, the contents, the notes, then each table on a sheet of its own, its
 * title in A1, marked as a table. The same document gives the same bytes, on any machine and at any time. It is written row
 * by row, so it takes no more memory than its tables do.
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
    private static final String PAPER_STYLES = "paper-styles.xml";
    private static final String CONTENT = "content.xml";
    private static final String LANGUAGE = "en-GB";

    /** Where a part of the template has its gaps. */
    private static final String META_GAP = "<office:meta/>";

    private static final String STYLES_GAP = "</office:automatic-styles>";
    private static final String SHEETS_GAP = "<office:spreadsheet/>";

    private DocumentOds() {}

    public static byte[] of(Document document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(document, bytes);
        } catch (IOException e) {
            throw new IllegalStateException("a spreadsheet in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Writes the spreadsheet; leaves {@code to} open. The media type is the first part, as the format wants it. */
    public static void write(Document document, OutputStream to) throws IOException {
        SpreadsheetSheets sheets = new SpreadsheetSheets(document);
        StoredZip zip = new StoredZip(to);
        zip.put(MIMETYPE, MEDIA_TYPE.getBytes(US_ASCII));
        zip.put(MANIFEST, template(MANIFEST));
        zip.put(META, out -> meta(document, out));
        zip.put(STYLES, template(document.layout() == Document.Layout.FOR_PAPER ? PAPER_STYLES : STYLES));
        zip.put(CONTENT, out -> content(sheets, out));
        zip.finish();
    }

    private static void meta(Document document, OutputStream to) throws IOException {
        String[] around = apart(text(META), META_GAP);
        Writer out = writer(to);
        out.write(around[0]);
        out.write("<office:meta><dc:title>");
        SpreadsheetSheets.text(document.title(), out);
        out.write("</dc:title><dc:language>" + LANGUAGE + "</dc:language></office:meta>");
        out.write(around[1]);
        out.flush();
    }

    private static void content(SpreadsheetSheets sheets, OutputStream to) throws IOException {
        String[] styles = apart(text(CONTENT), STYLES_GAP);
        String[] body = apart(styles[1], SHEETS_GAP);
        Writer out = writer(to);
        out.write(styles[0]);
        sheets.writeStyles(out);
        out.write(STYLES_GAP);
        out.write(body[0]);
        out.write("<office:spreadsheet>");
        sheets.writeSheets(out);
        out.write("</office:spreadsheet>");
        out.write(body[1]);
        out.flush();
    }

    private static Writer writer(OutputStream to) {
        return new BufferedWriter(new OutputStreamWriter(to, UTF_8));
    }

    private static String[] apart(String template, String gap) {
        int at = template.indexOf(gap);
        if (at < 0) {
            throw new IllegalStateException("the template lacks " + gap);
        }
        return new String[] {template.substring(0, at), template.substring(at + gap.length())};
    }

    private static String text(String part) throws IOException {
        return new String(template(part), UTF_8);
    }

    /** A part of an empty spreadsheet with the styles of the sheets. */
    private static byte[] template(String part) throws IOException {
        try (InputStream in = DocumentOds.class.getResourceAsStream("spreadsheet/" + part)) {
            if (in == null) {
                throw new IllegalStateException("the template lacks " + part);
            }
            return in.readAllBytes();
        }
    }
}
