package org.pupilledger.views;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.Cut;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresView;

/**
 * Figures with rows that are cut; its members are those of {@link FiguresView} and by what it is cut.
 *
 * @param cut {@code PURPOSE}, {@code GATEWAY} or {@code LAWFUL_BASIS}
 */
@Schema(name = "CutFigures", description = "Figures whose rows are cut by purpose, gateway or lawful basis.")
public record CutFiguresView(
        @Nullable String from,
        @Nullable String to,
        String by,
        Cut cut,
        @Nullable Long position,
        @Nullable String asAt,
        List<Row> rows) {
    /**
     * @param cutCode  of the purpose, say; {@code NOT_STATED}, {@code SEVERAL} or {@code NOT_TOLD} where it is none
     * @param cutLabel the same as it is read
     */
    @Schema(name = "CutFiguresRow", description = "A part of a row of figures; the parts add up to it.")
    public record Row(@JsonUnwrapped FiguresView.Row row, String cutCode, String cutLabel) {}

    /** Figures as JSON shows them: as they are, unless their rows are cut. */
    public static Object of(FiguresTable table) {
        FiguresView figures = FiguresView.of(table);
        Cut cut = table.cut();
        return cut == null
                ? figures
                : new CutFiguresView(
                        figures.from(),
                        figures.to(),
                        figures.by(),
                        cut,
                        figures.position(),
                        figures.asAt(),
                        IntStream.range(0, figures.rows().size())
                                .mapToObj(i -> row(
                                        figures.rows().get(i),
                                        cut,
                                        Objects.requireNonNull(
                                                table.rows().get(i).key().code())))
                                .toList());
    }

    private static Row row(FiguresView.Row row, Cut cut, String code) {
        return new Row(row, code, cut.label(code));
    }
}
