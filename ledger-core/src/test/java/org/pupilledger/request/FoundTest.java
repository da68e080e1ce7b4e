package org.pupilledger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.request.Samples.notStated;
import static org.pupilledger.request.Samples.people;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.pupilledger.values.Individuals;

/** Submitted, matched, ambiguous and unmatched: whichever is left out follows from the other three, and from no less. */
class FoundTest {
    /** The department states who was not matched, and never who was ambiguous. */
    @Test
    void nobodyIsAmbiguousWhereMatchedAndUnmatchedAreEverybody() {
        assertThat(Found.of(people(2_462), people(520), notStated(), people(1_942)))
                .isEqualTo(new Found(people(2_462), people(520), people(0), people(1_942)));
    }

    @Test
    void nothingFollowsFromTwo() {
        Found found = Found.of(people(12), notStated(), notStated(), people(3));

        assertThat(found).isEqualTo(new Found(people(12), notStated(), notStated(), people(3)));
        assertThat(found.addsUp()).isTrue();
    }

    @Test
    void whatContradictsItselfDoesNotAddUp() {
        assertThat(Found.of(people(10), people(3), people(1), people(5)).addsUp())
                .isFalse();
        assertThat(Found.of(people(10), people(3), notStated(), people(8)).addsUp())
                .isFalse();
        assertThat(Found.of(people(10), people(3), people(1), people(6)).addsUp())
                .isTrue();
    }

    @Property(tries = 200)
    void anyOneOfTheFourFollowsFromTheOthers(
            @ForAll @IntRange(max = 1_000) int matched,
            @ForAll @IntRange(max = 1_000) int ambiguous,
            @ForAll @IntRange(max = 1_000) int unmatched) {
        Individuals all = people(matched + ambiguous + unmatched);
        Found whole = new Found(all, people(matched), people(ambiguous), people(unmatched));

        assertThat(Found.of(notStated(), whole.matched(), whole.ambiguous(), whole.unmatched()))
                .isEqualTo(whole);
        assertThat(Found.of(all, notStated(), whole.ambiguous(), whole.unmatched()))
                .isEqualTo(whole);
        assertThat(Found.of(all, whole.matched(), notStated(), whole.unmatched()))
                .isEqualTo(whole);
        assertThat(Found.of(all, whole.matched(), whole.ambiguous(), notStated()))
                .isEqualTo(whole);
    }
}
