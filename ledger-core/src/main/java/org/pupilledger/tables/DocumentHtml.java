package org.pupilledger.tables;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;

/**
 * A document as one HTML page that needs nothing else: no script, no request, the style in it. To be read on a screen of any
 * width, by a screen reader, and on paper.
 */
public final class DocumentHtml {
    /** Tables with more columns are printed in the smallest letters. */
    private static final int WIDE = 12;

    private static final String STYLE = """
            *{box-sizing:border-box}
            body{margin:0;font:1.1875rem/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
            color:#0b0c0c;background:#fff;overflow-wrap:break-word}
            .skip{position:absolute;left:-999em}
            .skip:focus{position:static;display:block;padding:.5rem 1rem;background:#fd0;color:#0b0c0c}
            header{background:#0b0c0c;color:#fff;font-weight:bold}
            header p,main{max-width:75rem;margin:0 auto;padding:.8rem 1rem}
            main{padding-top:1.5rem;padding-bottom:3rem}
            h1{font-size:1.75rem;line-height:1.2;margin:0 0 1.5rem}
            h2{font-size:1.4rem;line-height:1.25;margin:2.5rem 0 1rem}
            a{color:#1a65a6}
            a:hover{color:#003078}
            a:focus-visible,.scroll:focus-visible{outline:3px solid #0b0c0c;outline-offset:1px;\
            box-shadow:0 0 0 6px #fd0}
            dl{margin:0;border-top:1px solid #b1b4b6}
            dl div{display:flex;gap:1rem;border-bottom:1px solid #b1b4b6;padding:.5rem 0}
            dt{flex:0 0 30%;font-weight:bold}
            dd{margin:0;flex:1}
            li{margin-bottom:.4rem}
            .scroll{overflow-x:auto;position:relative}
            table{border-collapse:collapse;font-size:1rem;line-height:1.3;font-variant-numeric:tabular-nums}
            caption{text-align:left}
            caption h2,caption p{position:sticky;left:0;width:fit-content;max-width:min(73rem,calc(100vw - 2rem))}
            caption p{margin:-.5rem 0 1rem}
            th,td{border-bottom:1px solid #b1b4b6;padding:.4rem .9rem .4rem 0;text-align:left;vertical-align:top}
            thead th{vertical-align:bottom;border-bottom:2px solid #0b0c0c}
            tbody th{font-weight:normal}
            th.n,td.n{text-align:right}
            td.n,.c{white-space:nowrap}
            td.t{min-width:16rem}
            .hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);\
            white-space:nowrap}
            figure{margin:0}
            figcaption{font-weight:bold;margin-bottom:.5rem}
            svg{display:block;width:100%;min-width:44rem;max-width:60rem;height:auto}
            @media (max-width:40rem){dl div{display:block}h1{font-size:1.5rem}}
            @page{size:A4 landscape;margin:10mm}
            @media print{
            body{font-size:10pt}
            header{background:none;color:#0b0c0c;border-bottom:1pt solid #0b0c0c}
            header p,main{max-width:none;padding:0 0 2mm}
            a{color:inherit;text-decoration:none}
            .skip{display:none}
            h1{font-size:16pt;margin:3mm 0}
            h2{font-size:12pt;margin:5mm 0 2mm;break-after:avoid}
            .scroll{overflow:visible}
            table{width:100%;font-size:8pt}
            table.wide{font-size:6.5pt;line-height:1.15}
            caption h2,caption p{position:static;max-width:none}
            caption p{margin:0 0 2mm;font-size:9pt}
            thead{display:table-header-group}
            tr{break-inside:avoid}
            th,td{padding:.7mm .6mm}
            table.wide th,table.wide td{min-width:0;padding:.7mm .6mm}
            table.wide thead th.n{writing-mode:vertical-rl;text-align:right;height:24mm;white-space:normal}
            table.wide tbody th{white-space:nowrap}
            caption{break-after:avoid}
            .scroll{break-inside:avoid}
            table.wide .c{white-space:normal}
            td.t{min-width:0}
            figure{break-inside:avoid}
            svg{min-width:0;max-width:230mm}
            }
            """;

    /** Allows what the page has in it, and nothing else; also good as a header of an answer. */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.bytes(STYLE.getBytes(UTF_8)))
            + "'; base-uri 'none'; form-action 'none'";

    private static final String NAME = "Pupil-matching ledger";
    private static final String NOT_AVAILABLE = "<span class=\"hidden\">not available</span>";

    private DocumentHtml() {}

    public static byte[] of(Document document) {
        StringBuilder page = new StringBuilder();
        head(page, document);
        page.append("<h1>").append(escaped(document.title())).append("</h1>\n");
        cover(page, document);
        contents(page, document);
        notes(page, document);
        Chart chart = document.chart();
        if (chart != null) {
            ChartSvg.write(page, chart, document.table(chart.table()));
        }
        document.tables().forEach(table -> table(page, table));
        page.append("</main>\n</body>\n</html>\n");
        return page.toString().getBytes(UTF_8);
    }

    private static void head(StringBuilder page, Document document) {
        page.append("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(escaped(CONTENT_SECURITY_POLICY))
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(document.title()))
                .append(" - " + NAME + "</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to main content</a>\n")
                .append("<header><p>" + NAME + "</p></header>\n<main id=\"main\">\n");
    }

    private static void cover(StringBuilder page, Document document) {
        if (document.cover().isEmpty()) {
            return;
        }
        page.append("<dl>\n");
        for (Document.Line line : document.cover()) {
            page.append("<div><dt>")
                    .append(escaped(line.label()))
                    .append("</dt><dd>")
                    .append(escaped(line.value()))
                    .append("</dd></div>\n");
        }
        page.append("</dl>\n");
    }

    private static void contents(StringBuilder page, Document document) {
        page.append("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul>\n");
        if (!document.notes().isEmpty()) {
            page.append("<li><a href=\"#notes\">Notes</a></li>\n");
        }
        if (document.chart() != null) {
            page.append("<li><a href=\"#chart\">Chart: ")
                    .append(escaped(document.chart().title()))
                    .append("</a></li>\n");
        }
        for (Table table : document.tables()) {
            page.append("<li><a href=\"#").append(id(table)).append("\">");
            page.append(escaped(table.title())).append("</a></li>\n");
        }
        page.append("</ul>\n</nav>\n");
    }

    private static void notes(StringBuilder page, Document document) {
        if (document.notes().isEmpty()) {
            return;
        }
        page.append("<h2 id=\"notes\">Notes</h2>\n<ol>\n");
        for (String note : document.notes()) {
            page.append("<li>").append(escaped(note)).append("</li>\n");
        }
        page.append("</ol>\n");
    }

    private static void table(StringBuilder page, Table table) {
        page.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"")
                .append(id(table))
                .append("\">\n<table")
                .append(table.columns().size() > WIDE ? " class=\"wide\"" : "")
                .append(">\n<caption><h2 id=\"")
                .append(id(table))
                .append("\">")
                .append(escaped(table.title()))
                .append("</h2><p>")
                .append(escaped(table.description()))
                .append("</p></caption>\n<thead>\n<tr>");
        for (Column column : table.columns()) {
            page.append("<th scope=\"col\"")
                    .append(classOf(column))
                    .append(escaped(column.label()))
                    .append("</th>");
        }
        page.append("</tr>\n</thead>\n<tbody>\n");
        int status = table.indexOf(StatusColumn.NAME);
        for (List<@Nullable Object> row : table.rows()) {
            row(page, table, row, status < 0 ? null : (String) row.get(status));
        }
        page.append("</tbody>\n</table>\n</div>\n");
    }

    private static void row(StringBuilder page, Table table, List<@Nullable Object> row, @Nullable String status) {
        Map<String, String> shorthand = shorthand(status);
        page.append("<tr>");
        for (int i = 0; i < row.size(); i++) {
            Column column = table.columns().get(i);
            Object cell = row.get(i);
            String text = cell == null
                    ? missing(column, shorthand)
                    : cell instanceof Long number ? grouped(number) : escaped(cell.toString());
            if (i == 0) {
                page.append("<th scope=\"row\"")
                        .append(classOf(column))
                        .append(text)
                        .append("</th>");
            } else {
                page.append("<td").append(classOf(column)).append(text).append("</td>");
            }
        }
        page.append("</tr>\n");
    }

    private static String classOf(Column column) {
        return switch (column.kind()) {
            case REQUESTS, PEOPLE, COUNT -> " class=\"n\">";
            case TEXT -> " class=\"t\">";
            case CODE, DATE -> " class=\"c\">";
        };
    }

    private static String missing(Column column, Map<String, String> shorthand) {
        if (!column.kind().isNumber()) {
            return "";
        }
        String code = Stream.of(
                        StatusColumn.words(column.name()), StatusColumn.NOT_RECORDED, StatusColumn.RECORDED_IN_PART)
                .map(shorthand::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return code == null ? NOT_AVAILABLE : escaped(code);
    }

    /** The codes of a status such as {@code [x] individuals matched; [r] individuals submitted}, by what they are about. */
    private static Map<String, String> shorthand(@Nullable String status) {
        Map<String, String> codes = new HashMap<>();
        if (status != null) {
            for (String entry : status.split(StatusColumn.SEPARATOR, -1)) {
                int end = entry.indexOf("] ");
                if (entry.startsWith("[") && end > 0) {
                    codes.putIfAbsent(entry.substring(end + 2), entry.substring(0, end + 1));
                }
            }
        }
        return codes;
    }

    private static String id(Table table) {
        return "table-" + table.name();
    }

    /** With a comma for each three digits. */
    static String grouped(long number) {
        String digits = Long.toString(number);
        StringBuilder text = new StringBuilder(digits);
        int first = digits.startsWith("-") ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    /** For text and for values of attributes in double quotes. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
