package org.pupilledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C2SP tlog-tiles: names of tiles and bundles, and which of them a tree has. */
class TileTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, 0/000",
        "0, 1234067, 256, 0/x001/x234/067",
        "0, 1234, 17, 0/x001/234.p/17",
        "1, 999, 255, 1/999.p/255",
        "2, 1000, 1, 2/x001/000.p/1",
        "63, 9223372036854775807, 256, 63/x009/x223/x372/x036/x854/x775/807",
    })
    void aTileHasOnePath(int level, long number, int width, String path) {
        Tile tile = new Tile(level, number, width);

        assertThat(tile.path()).isEqualTo(path);
        assertThat(Tile.parse(path)).contains(tile);
    }

    @Property(tries = 100)
    void whatIsWrittenIsReadBack(
            @ForAll @IntRange(max = 63) int level,
            @ForAll @LongRange(min = 0) long number,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        Tile tile = new Tile(level, number, width);

        assertThat(Tile.parse(tile.path())).contains(tile);
        Tile ofBundle = new Tile(0, number, width);
        assertThat(EntryBundle.parse(EntryBundle.path(number, width).substring("entries/".length())))
                .contains(ofBundle);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0",
                "0/",
                "/000",
                "0/0",
                "0/00",
                "0/0000",
                "0/x000/000",
                "0/x001",
                "0/001/002",
                "0/x001/x002",
                "0/X001/002",
                "0/x1/002",
                "0/x001//002",
                "00/000",
                "01/000",
                "64/000",
                "100/000",
                "-1/000",
                "+1/000",
                "0/-01",
                "0/000.p",
                "0/000.p/",
                "0/000.p/0",
                "0/000.p/01",
                "0/000.p/256",
                "0/000.p/257",
                "0/000.p/-1",
                "0/000.P/1",
                "0/000.p/1/",
                " 0/000",
                "0/000 ",
                "0/000\n",
                "0/x009/x223/x372/x036/x854/x775/808",
                "0/x999/x999/x999/x999/x999/x999/x999/999",
                "\u0660/000",
                "0/\u0660\u0660\u0660",
                "tile/0/000",
                "entries/000",
                "0/../000",
            })
    void anyOtherTextIsNoTile(@Nullable String path) {
        assertThat(Tile.parse(path)).isEmpty();
        assertThat(EntryBundle.parse(path)).isEmpty();
        if (path != null && path.startsWith("0/")) {
            assertThat(EntryBundle.parse(path.substring(2))).isEmpty();
        }
    }

    @Test
    void aTileOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile(-1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile(64, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile(0, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile(0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile(0, 0, 257));
        assertThatIllegalArgumentException().isThrownBy(() -> Tile.numberPath(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Tile.ofTree(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.path(0, 0));
    }

    /** The examples of the specification. */
    @Test
    void aTreeHasTheTilesOfTheSpecification() {
        assertThat(Tile.ofTree(0)).isEmpty();
        assertThat(Tile.ofTree(1)).containsExactly(new Tile(0, 0, 1));
        assertThat(Tile.ofTree(256)).containsExactly(new Tile(0, 0, 256), new Tile(1, 0, 1));

        List<Tile> tiles = Tile.ofTree(70_000).toList();
        Map<Integer, Long> full = tiles.stream()
                .filter(tile -> tile.width() == Tile.WIDTH)
                .collect(Collectors.groupingBy(Tile::level, Collectors.counting()));
        assertThat(full).containsExactlyInAnyOrderEntriesOf(Map.of(0, 273L, 1, 1L));
        assertThat(tiles.stream().filter(tile -> tile.width() < Tile.WIDTH))
                .containsExactly(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1));
        assertThat(tiles.stream().collect(Collectors.toMap(Function.identity(), Tile::path)))
                .hasSize(277);
    }

    @Test
    void theTilesOfAHugeTreeAreNotMadeBeforeTheyAreTaken() {
        assertThat(Tile.ofTree(Long.MAX_VALUE).limit(2)).containsExactly(new Tile(0, 0, 256), new Tile(0, 1, 256));
    }
}
