package org.pupilledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** C2SP tlog-tiles, log entries. */
class EntryBundleTest {

    @Test
    void eachEntryStandsAfterItsLength() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[] {1, 2, 3}, new byte[0], new byte[258]));

        assertThat(bundle).startsWith(0, 3, 1, 2, 3, 0, 0, 1, 2).hasSize(5 + 2 + 260);
        assertThat(EntryBundle.decode(bundle).orElseThrow())
                .containsExactly(new byte[] {1, 2, 3}, new byte[0], new byte[258]);
    }

    @Test
    void aFullBundleOfTheLongestEntriesFits() {
        List<byte[]> entries = Collections.nCopies(256, new byte[EntryBundle.MAX_ENTRY_BYTES]);

        assertThat(EntryBundle.decode(EntryBundle.encode(entries)).orElseThrow())
                .hasSize(256)
                .allSatisfy(entry -> assertThat(entry).hasSize(65_535));
    }

    @Test
    void tooManyTooFewOrTooLongEntriesAreNoBundle() {
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryBundle.encode(Collections.nCopies(257, new byte[0])));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])));
        assertThat(EntryBundle.decode(null)).isEmpty();
        assertThat(EntryBundle.decode(new byte[0])).isEmpty();
        assertThat(EntryBundle.decode(new byte[2 * 256])).isPresent();
        assertThat(EntryBundle.decode(new byte[2 * 257])).isEmpty();
    }

    @Test
    void aBundleThatWasCutIsRefused() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[3], new byte[2]));

        for (int length = 0; length < bundle.length; length++) {
            boolean isWhole = length == 5;
            assertThat(EntryBundle.decode(Arrays.copyOf(bundle, length)).isPresent())
                    .isEqualTo(isWhole);
        }
        assertThat(EntryBundle.decode(new byte[] {(byte) 0xff, (byte) 0xff, 0})).isEmpty();
    }

    @Property(tries = 200)
    void bytesThatAreABundleAreWrittenAsTheyWereRead(@ForAll @Size(max = 40) byte[] bytes) {
        EntryBundle.decode(bytes)
                .ifPresent(entries -> assertThat(EntryBundle.encode(entries)).isEqualTo(bytes));
    }
}
