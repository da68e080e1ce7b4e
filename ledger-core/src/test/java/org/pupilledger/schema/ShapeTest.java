package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.pupilledger.canonical.Shape.member;
import static org.pupilledger.canonical.Shape.orNull;
import static org.pupilledger.schema.Values.COUNT;
import static org.pupilledger.schema.Values.TEXT;
import static org.pupilledger.schema.Values.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.Shape;
import org.pupilledger.canonical.UnreadableEvent;

class ShapeTest {
    private record Box(String name, int height, @Nullable Integer weight, List<Box> boxes) {}

    private static final Form<Box> LEAF = Shape.of(
            (name, height) -> new Box(name, height, null, List.of()),
            member("name", TEXT, Box::name),
            member("height", COUNT, Box::height));
    private static final Form<Box> BOX = Shape.of(
                    Box::new,
                    member("name", TEXT, Box::name),
                    member("height", COUNT, Box::height),
                    orNull("weight", COUNT, Box::weight),
                    member("boxes", list(LEAF), Box::boxes))
            .telling("empty", TEXT, box -> box.boxes().isEmpty() ? "yes" : "no", "a box that is not as it says");

    private static final Box NESTED = new Box("outer", 7, null, List.of(new Box("inner", 5, null, List.of())));
    private static final String WRITTEN =
            "{\"boxes\":[{\"height\":5,\"name\":\"inner\"}],\"empty\":\"no\",\"height\":7,\"name\":\"outer\",\"weight\":null}";

    @Test
    void membersStandInCanonicalOrderWhateverTheRecordsOwn() {
        CanonicalWriter out = new CanonicalWriter();
        BOX.write(out, NESTED);

        assertThat(out.toByteArray()).asString(UTF_8).isEqualTo(WRITTEN);
        assertThat(CanonicalWriter.bytesOf(CanonicalReader.treeOf(out.toByteArray())))
                .isEqualTo(out.toByteArray());
    }

    @Test
    void whatWasWrittenIsReadAsTheSameRecord() {
        assertThat(read(WRITTEN)).isEqualTo(NESTED);
        assertThat(read("{\"boxes\":[],\"empty\":\"yes\",\"height\":0,\"name\":\"\",\"weight\":3}"))
                .isEqualTo(new Box("", 0, 3, List.of()));
    }

    /** Nothing is stored that could not be read again. */
    @Test
    @SuppressWarnings("NullAway") // what the compiler cannot see
    void whatMustBeThereIsNotWrittenAsNothing() {
        assertThatNullPointerException()
                .isThrownBy(() -> BOX.write(new CanonicalWriter(), new Box(null, 1, 1, List.of())))
                .withMessage("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                // one left out, one too many, out of order, twice
                "{\"boxes\":[],\"empty\":\"yes\",\"height\":0,\"name\":\"\"}",
                "{\"boxes\":[],\"empty\":\"yes\",\"height\":0,\"name\":\"\",\"weight\":3,\"x\":1}",
                "{\"empty\":\"yes\",\"boxes\":[],\"height\":0,\"name\":\"\",\"weight\":3}",
                "{\"boxes\":[],\"empty\":\"yes\",\"height\":0,\"height\":0,\"name\":\"\",\"weight\":3}",
                // null where it may not be, and what is no such value
                "{\"boxes\":null,\"empty\":\"yes\",\"height\":0,\"name\":\"\",\"weight\":3}",
                "{\"boxes\":[],\"empty\":\"yes\",\"height\":null,\"name\":\"\",\"weight\":3}",
                "{\"boxes\":[],\"empty\":\"yes\",\"height\":\"0\",\"name\":\"\",\"weight\":3}",
                "{\"boxes\":[],\"empty\":\"yes\",\"height\":0.0,\"name\":\"\",\"weight\":3}",
                "{\"boxes\":[],\"empty\":\"yes\",\"height\":00,\"name\":\"\",\"weight\":3}",
                "{\"boxes\":[],\"empty\":\"yes\", \"height\":0,\"name\":\"\",\"weight\":3}",
                // a name that only begins like it, and one that is written otherwise
                "{\"boxes\":[],\"empty\":\"yes\",\"heights\":0,\"name\":\"\",\"weight\":3}",
                "{\"boxes\":[],\"empty\":\"yes\",\"\\u0068eight\":0,\"name\":\"\",\"weight\":3}"
            })
    void nothingElseIsRead(String json) {
        assertThatExceptionOfType(UnreadableEvent.class)
                .isThrownBy(() -> read(json))
                .withMessageStartingWith("not the canonical JSON expected, at byte ");
    }

    @Test
    void whatFollowsFromTheRestMustFollow() {
        assertThatExceptionOfType(UnreadableEvent.class)
                .isThrownBy(() -> read("{\"boxes\":[],\"empty\":\"no\",\"height\":0,\"name\":\"\",\"weight\":3}"))
                .withMessage("a box that is not as it says");
    }

    @Test
    void noTwoMembersHaveOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(
                        (one, other) -> one + other, member("a", TEXT, (String s) -> s), member("a", TEXT, s -> s)));
    }

    private static Box read(String json) {
        CanonicalReader in = new CanonicalReader(json.getBytes(UTF_8));
        Box box = BOX.read(in);
        in.end();
        return box;
    }
}
