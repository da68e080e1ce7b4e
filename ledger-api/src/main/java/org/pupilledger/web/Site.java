package org.pupilledger.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.pupilledger.export.TableCsv;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Representation;
import org.pupilledger.tables.Table;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Renders the pages: whole without scripts, nothing from anywhere else, and fit for a cache in front. */
@Component
public final class Site {
    private final Answers answers;
    /** Nothing inline, nothing from elsewhere, no frames; forms only ask here. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    Site(Answers answers) {
        this.answers = answers;
    }

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * A page.
     *
     * @param template   name of the file without its ending
     * @param parameters of the template, besides the page
     */
    public ResponseEntity<byte[]> page(
            HttpServletRequest request, String template, Page page, Map<String, Object> parameters) {
        HttpHeaders headers = headers(HTML);
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        return Representation.of(request, null, headers, render(template, page, parameters));
    }

    /** A page that is kept as a file, under a policy of its own. */
    ResponseEntity<byte[]> file(
            HttpServletRequest request,
            String template,
            Page page,
            Map<String, Object> parameters,
            String policy,
            ContentDisposition disposition) {
        HttpHeaders headers = headers(HTML);
        headers.setContentDisposition(disposition);
        headers.set("Content-Security-Policy", policy);
        return Representation.of(request, null, headers, render(template, page, parameters));
    }

    /**
     * The same, or what is on it for programs, where the caller accepts that or asks for it by {@code format}.
     *
     * @param content is answered as JSON
     * @param table   is answered as CSV
     */
    public ResponseEntity<byte[]> answer(
            HttpServletRequest request,
            String template,
            Page page,
            Map<String, Object> parameters,
            Object content,
            Supplier<Table> table) {
        PageFormat format = PageFormat.of(request);
        if (format == PageFormat.HTML) {
            return page(request, template, page.at(PageFormat.addresses(request)), parameters);
        }
        HttpHeaders headers = headers(format.mediaType());
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (format == PageFormat.CSV) {
            headers.setContentDisposition(ContentDisposition.inline()
                    .filename(page.fileName() + ".csv")
                    .build());
        }
        return Representation.of(
                request, null, headers, format == PageFormat.CSV ? TableCsv.of(table.get()) : answers.json(content));
    }

    /** What a cache in front may keep for a while. */
    public static HttpHeaders headers(MediaType type) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(type);
        headers.setCacheControl(CacheControl.maxAge(Representation.FRESH).cachePublic());
        return headers;
    }

    byte[] json(Object content) {
        return answers.json(content);
    }

    byte[] render(String template, Page page, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("page", page);
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template + ".jte", all, output);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
