package org.pupilledger.tables;

import static org.pupilledger.tables.DocumentHtml.escaped;
import static org.pupilledger.tables.DocumentHtml.grouped;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.Period;

/**
 * Draws a chart: bars while there are few rows, lines beyond. Series differ in pattern or mark besides colour; what is null
 * has no mark. All is computed in whole pixels, so that the same chart has the same bytes.
 */
public final class ChartSvg {
    private static final int MAX_BAR_GROUPS = 16;
    private static final int WIDTH = 960;
    private static final int LEFT = 90;
    private static final int RIGHT = 20;
    private static final int TOP = 50;
    private static final int BASE = 350;
    private static final int PLOT_HEIGHT = BASE - TOP;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int MAX_TICKS = 5;
    private static final int MAX_BAR_WIDTH = 60;

    /** Labels below the axis beyond these would touch: level ones, and slanted ones. */
    private static final int MAX_LEVEL_LABELS = 5;

    private static final int MAX_LABELS = 12;

    /** Space below the axis for level labels, and for slanted ones. */
    private static final int BELOW = 40;

    private static final int BELOW_SLANTED = 100;

    private static final int LEGEND_STEP = 225;

    /** Each at least 3 to 1 against white (WCAG 2.2, 1.4.11). */
    private static final List<String> COLOURS = List.of("#12436d", "#801650", "#28745a", "#5a5a5a");

    private static final List<String> DASHES = List.of("", "10 5", "3 4", "14 4 3 4");

    private final StringBuilder page;
    private final String id;
    private final Chart chart;
    private final Table table;
    private final long step;
    private final long top;
    private final boolean isBars;

    private ChartSvg(StringBuilder page, String id, Chart chart, Table table) {
        this.page = page;
        this.id = id;
        this.chart = chart;
        this.table = table;
        long max = 0;
        for (List<@Nullable Object> row : table.rows()) {
            for (String column : chart.series()) {
                Long value = value(row, column);
                max = Math.max(max, value == null ? 0 : value);
            }
        }
        step = step(Math.max(max, 1));
        top = (Math.max(max, 1) + step - 1) / step * step;
        isBars = table.rows().size() <= MAX_BAR_GROUPS;
    }

    static void write(StringBuilder page, Chart chart, Table table) {
        new ChartSvg(page, "chart", chart, table).write();
    }

    /**
     * The drawing alone, for a page that has several.
     *
     * @param id of which no other drawing of the page has one
     * @throws IllegalArgumentException the table lacks what the chart shows
     */
    public static String of(String id, Chart chart, Table table) {
        chart.requireIn(table);
        StringBuilder drawing = new StringBuilder();
        new ChartSvg(drawing, id, chart, table).draw();
        return drawing.toString();
    }

    private void write() {
        page.append("<h2 id=\"chart\">Chart</h2>\n<figure>\n<figcaption>")
                .append(escaped(chart.title()))
                .append("</figcaption>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Chart\">\n");
        draw();
        page.append("</div>\n<p><a href=\"#table-")
                .append(table.name())
                .append("\">The numbers of this chart are in the table.</a></p>\n</figure>\n");
    }

    private void draw() {
        page.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"")
                .append(" aria-labelledby=\"" + id + "-title " + id + "-description\" viewBox=\"0 0 ")
                .append(WIDTH + " " + height() + "\" font-size=\"15\" fill=\"#0b0c0c\">\n<title id=\"" + id
                        + "-title\">")
                .append(escaped(chart.title()))
                .append("</title>\n<desc id=\"" + id + "-description\">")
                .append(escaped(chart.description()))
                .append(" The numbers are in the table.</desc>\n");
        if (isBars) {
            patterns();
        }
        axis();
        for (int i = 0; i < chart.series().size(); i++) {
            legend(i);
            if (isBars) {
                bars(i);
            } else {
                lines(i);
            }
        }
        labels();
        page.append("</svg>\n");
    }

    /** 1, 2 or 5 times a power of ten, so that there are at most {@value #MAX_TICKS} steps to the largest value. */
    private static long step(long max) {
        for (long power = 1; ; power *= 10) {
            for (long factor : new long[] {1, 2, 5}) {
                if (factor * power * MAX_TICKS >= max) {
                    return factor * power;
                }
            }
        }
    }

    private @Nullable Long value(List<@Nullable Object> row, String series) {
        return (Long) row.get(table.indexOf(series));
    }

    private long y(long value) {
        return BASE - Math.max(value, 0) * PLOT_HEIGHT / top;
    }

    private void patterns() {
        page.append("<defs>\n");
        pattern(1, "<path d=\"M0 8L8 0\" stroke=\"#fff\" stroke-width=\"2\"/>");
        pattern(2, "<circle cx=\"4\" cy=\"4\" r=\"2\" fill=\"#fff\"/>");
        pattern(3, "<path d=\"M0 4H8\" stroke=\"#fff\" stroke-width=\"3\"/>");
        page.append("</defs>\n");
    }

    private void pattern(int series, String shape) {
        page.append("<pattern id=\"" + id + "-pattern-" + series + "\" width=\"8\" height=\"8\"")
                .append(" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" fill=\"")
                .append(COLOURS.get(series))
                .append("\"/>")
                .append(shape)
                .append("</pattern>\n");
    }

    private void axis() {
        for (long tick = 0; tick <= top; tick += step) {
            long y = y(tick);
            page.append("<path d=\"M" + LEFT + " " + y + "H" + (WIDTH - RIGHT) + "\" stroke=\"")
                    .append(tick == 0 ? "#0b0c0c" : "#b1b4b6")
                    .append("\"/>\n");
            text(LEFT - 8, y + 5, "end", grouped(tick));
        }
    }

    private void legend(int series) {
        int x = LEFT + series * LEGEND_STEP;
        if (isBars) {
            page.append("<rect x=\"" + x + "\" y=\"12\" width=\"18\" height=\"18\"" + look(series) + "/>\n");
            text(x + 26, 26, "start", label(series));
        } else {
            page.append("<path d=\"M" + x + " 21h36\"" + look(series) + "/>\n");
            mark(series, x + 18, 21);
            text(x + 44, 26, "start", label(series));
        }
    }

    private String label(int series) {
        return table.columns().get(table.indexOf(chart.series().get(series))).label();
    }

    private String look(int series) {
        String colour = COLOURS.get(series);
        if (isBars) {
            return " stroke=\"" + colour + "\" fill=\""
                    + (series == 0 ? colour : "url(#" + id + "-pattern-" + series + ")") + "\"";
        }
        String dashes = DASHES.get(series);
        return " fill=\"none\" stroke-width=\"2\" stroke=\"" + colour + "\""
                + (dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    }

    private void bars(int series) {
        int count = chart.series().size();
        int group = groupWidth();
        int width = Math.max(1, Math.min(MAX_BAR_WIDTH, group * 8 / 10 / count));
        for (int row = 0; row < table.rows().size(); row++) {
            Long value = value(table.rows().get(row), chart.series().get(series));
            if (value != null) {
                int x = center(row) - width * count / 2 + series * width;
                long y = y(value);
                page.append("<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + (width - 1) + "\" height=\"" + (BASE - y)
                        + "\"" + look(series) + "/>\n");
                if (width >= grouped(value).length() * 8) {
                    text(x + width / 2, y - 5, "middle", grouped(value));
                }
            }
        }
    }

    /** A line goes from a value to the next row's, and is broken where that is missing or of a later period than the next. */
    private void lines(int series) {
        StringBuilder path = new StringBuilder();
        boolean isBroken = true;
        for (int row = 0; row < table.rows().size(); row++) {
            Long value = value(table.rows().get(row), chart.series().get(series));
            if (value != null) {
                path.append(isBroken || (chart.hasGaps() && isAfterGap(row)) ? "M" : "L")
                        .append(center(row) + " " + y(value));
            }
            isBroken = value == null;
        }
        page.append("<path d=\"").append(path).append("\"" + look(series) + "/>\n");
        for (int row = 0; row < table.rows().size(); row++) {
            Long value = value(table.rows().get(row), chart.series().get(series));
            if (value != null) {
                mark(series, center(row), y(value));
            }
        }
    }

    /** Whether there are months between a row and the one before; not known where rows have no periods. */
    private boolean isAfterGap(int row) {
        Optional<Period> before = period(row - 1);
        Optional<Period> now = period(row);
        return before.isPresent()
                && now.isPresent()
                && !before.get().to().plusMonths(1).equals(now.get().from());
    }

    private Optional<Period> period(int row) {
        int column = table.indexOf("period");
        Object period = column < 0 ? null : table.rows().get(row).get(column);
        return period == null ? Optional.empty() : Period.parse(period.toString());
    }

    private void mark(int series, long x, long y) {
        String shape = switch (series) {
            case 0 -> "<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"3\"";
            case 1 -> "<rect x=\"" + (x - 3) + "\" y=\"" + (y - 3) + "\" width=\"6\" height=\"6\"";
            case 2 -> "<path d=\"M" + (x - 4) + " " + (y + 3) + "h8l-4 -7z\"";
            default -> "<path d=\"M" + (x - 4) + " " + y + "l4 -4l4 4l-4 4z\"";
        };
        page.append(shape).append(" fill=\"" + COLOURS.get(series) + "\"/>\n");
    }

    private int height() {
        return BASE + (isLevel() ? BELOW : BELOW_SLANTED);
    }

    private boolean isLevel() {
        return table.rows().size() <= MAX_LEVEL_LABELS;
    }

    private int groupWidth() {
        return PLOT_WIDTH / Math.max(1, table.rows().size());
    }

    private int center(int row) {
        return LEFT + (2 * row + 1) * PLOT_WIDTH / (2 * table.rows().size());
    }

    /** Slanted where there are several, and only so many that they do not touch. */
    private void labels() {
        int rows = table.rows().size();
        int every = (rows + MAX_LABELS - 1) / MAX_LABELS;
        int column = table.indexOf(chart.labelColumn());
        for (int row = 0; row < rows; row += every) {
            Object label = table.rows().get(row).get(column);
            if (label != null) {
                int x = center(row);
                if (isLevel()) {
                    text(x, BASE + 22, "middle", label.toString());
                } else {
                    page.append("<text transform=\"translate(" + (x + 6) + " " + (BASE + 16) + ") rotate(-30)\"")
                            .append(" text-anchor=\"end\">")
                            .append(escaped(label.toString()))
                            .append("</text>\n");
                }
            }
        }
    }

    private void text(long x, long y, String anchor, String text) {
        page.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">")
                .append(escaped(text))
                .append("</text>\n");
    }
}
