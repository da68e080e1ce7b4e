package org.pupilledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C2SP tlog-checkpoint. */
class CheckpointTest {
    private static final String HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final byte[] ROOT = Base64.getDecoder().decode(HASH);
    private static final String EXAMPLE = "example.com/behind-the-sofa\n20852163\n" + HASH + "\n";

    @Test
    void theExampleOfTheSpecificationIsReadAndWritten() {
        Checkpoint checkpoint = new Checkpoint("example.com/behind-the-sofa", 20_852_163, ROOT, List.of());

        assertThat(Checkpoint.parse(EXAMPLE)).contains(checkpoint);
        assertThat(checkpoint.text()).isEqualTo(EXAMPLE).isEqualTo(checkpoint.toString());
    }

    @Test
    void originsWithSpacesExtensionsAndTheEdgesOfTheSizeAreReadAndWritten() {
        for (long size : new long[] {0, 1, 10, Long.MAX_VALUE}) {
            Checkpoint checkpoint =
                    new Checkpoint("a log \u00fc+\ud83d\ude00", size, ROOT, List.of("first", " second "));

            assertThat(Checkpoint.parse(checkpoint.text())).contains(checkpoint);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "\n",
                "o\n1\n",
                "o\n1\n" + HASH,
                "\n1\n" + HASH + "\n",
                "\no\n1\n" + HASH + "\n",
                "o\n\n1\n" + HASH + "\n",
                "o\n1\n" + HASH + "\n\n",
                "o\n1\n" + HASH + "\nextension\n\n",
                "o\n1\n" + HASH + "\n\nextension\n",
                "o\n01\n" + HASH + "\n",
                "o\n00\n" + HASH + "\n",
                "o\n-1\n" + HASH + "\n",
                "o\n-0\n" + HASH + "\n",
                "o\n+1\n" + HASH + "\n",
                "o\n 1\n" + HASH + "\n",
                "o\n1 \n" + HASH + "\n",
                "o\n1.0\n" + HASH + "\n",
                "o\n0x1\n" + HASH + "\n",
                "o\n\u0661\n" + HASH + "\n",
                "o\n9223372036854775808\n" + HASH + "\n",
                "o\n18446744073709551616\n" + HASH + "\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n1\n " + HASH + "\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2Kr\n",
                "o\r\n1\r\n" + HASH + "\r\n",
                "o\t\n1\n" + HASH + "\n",
                "o\ud800\n1\n" + HASH + "\n",
            })
    void anyOtherTextIsNoCheckpoint(@Nullable String text) {
        assertThat(Checkpoint.parse(text)).isEmpty();
    }

    @Test
    void whatCouldNotBeReadBackCannotBeMade() {
        List<Runnable> misfits = List.of(
                () -> new Checkpoint("", 1, ROOT, List.of()),
                () -> new Checkpoint("o\n", 1, ROOT, List.of()),
                () -> new Checkpoint("o\r", 1, ROOT, List.of()),
                () -> new Checkpoint("o\udc00", 1, ROOT, List.of()),
                () -> new Checkpoint("o", -1, ROOT, List.of()),
                () -> new Checkpoint("o", 1, new byte[31], List.of()),
                () -> new Checkpoint("o", 1, ROOT, List.of("")),
                () -> new Checkpoint("o", 1, ROOT, List.of("a\nb")));

        for (Runnable misfit : misfits) {
            assertThatIllegalArgumentException().isThrownBy(misfit::run);
        }
    }

    @Test
    void itIsEqualByContentAndKeepsItsOwnRoot() {
        byte[] root = ROOT.clone();
        Checkpoint checkpoint = new Checkpoint("o", 1, root, List.of());
        root[0] ^= 1;
        checkpoint.root()[0] ^= 1;

        assertThat(checkpoint)
                .isEqualTo(new Checkpoint("o", 1, ROOT, List.of()))
                .hasSameHashCodeAs(new Checkpoint("o", 1, ROOT, List.of()))
                .isNotEqualTo(new Checkpoint("o", 1, root, List.of()))
                .isNotEqualTo(new Checkpoint("o", 2, ROOT, List.of()))
                .isNotEqualTo(new Checkpoint("p", 1, ROOT, List.of()))
                .isNotEqualTo(new Checkpoint("o", 1, ROOT, List.of("x")));
    }
}
