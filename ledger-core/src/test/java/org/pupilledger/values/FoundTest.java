package org.pupilledger.values;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Submitted, matched, ambiguous and unmatched: whichever is left out follows from the other three, and from no less. */
class FoundTest {
    /** The department states who was not matched, and never who was ambiguous. */
    @Test
    void nobodyIsAmbiguousWhereMatchedAndUnmatchedAreEverybody() {
        assertThat(Found.of(Individuals.of(2_462), Individuals.of(520), Individuals.notStated(), Individuals.of(1_942)))
                .isEqualTo(new Found(
                        Individuals.of(2_462), Individuals.of(520), Individuals.of(0), Individuals.of(1_942)));
    }

    @Test
    void nothingFollowsFromTwo() {
        Found found = Found.of(Individuals.of(12), Individuals.notStated(), Individuals.notStated(), Individuals.of(3));

        assertThat(found)
                .isEqualTo(new Found(
                        Individuals.of(12), Individuals.notStated(), Individuals.notStated(), Individuals.of(3)));
        assertThat(found.addsUp()).isTrue();
    }

    @Test
    void whatContradictsItselfDoesNotAddUp() {
        assertThat(Found.of(Individuals.of(10), Individuals.of(3), Individuals.of(1), Individuals.of(5))
                        .addsUp())
                .isFalse();
        assertThat(Found.of(Individuals.of(10), Individuals.of(3), Individuals.notStated(), Individuals.of(8))
                        .addsUp())
                .isFalse();
        assertThat(Found.of(Individuals.of(10), Individuals.of(3), Individuals.of(1), Individuals.of(6))
                        .addsUp())
                .isTrue();
    }

    @Property(tries = 200)
    void anyOneOfTheFourFollowsFromTheOthers(
            @ForAll @IntRange(max = 1_000) int matched,
            @ForAll @IntRange(max = 1_000) int ambiguous,
            @ForAll @IntRange(max = 1_000) int unmatched) {
        Individuals all = Individuals.of(matched + ambiguous + unmatched);
        Found whole = new Found(all, Individuals.of(matched), Individuals.of(ambiguous), Individuals.of(unmatched));

        assertThat(Found.of(Individuals.notStated(), whole.matched(), whole.ambiguous(), whole.unmatched()))
                .isEqualTo(whole);
        assertThat(Found.of(all, Individuals.notStated(), whole.ambiguous(), whole.unmatched()))
                .isEqualTo(whole);
        assertThat(Found.of(all, whole.matched(), Individuals.notStated(), whole.unmatched()))
                .isEqualTo(whole);
        assertThat(Found.of(all, whole.matched(), whole.ambiguous(), Individuals.notStated()))
                .isEqualTo(whole);
    }
}
