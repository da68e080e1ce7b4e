package org.pupilledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.Thorough;
import org.pupilledger.codes.Item;
import org.pupilledger.failure.NotYet;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.values.RequestId;

/** Whatever happened in a ledger, what it published follows from what a bundle gives. */
@Timeout(240)
class BundleHistoriesTest {
    private static final List<String> MONTHS = List.of("2023-05", "2023-06", "2023-08", "2023-09", "2023-11");

    @TempDir
    private Path directory;

    static LongStream seeds() {
        return Thorough.seeds(3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bundlesOfAnyHistoryVerify(long seed) {
        Random random = new Random(seed);
        try (PublishedLedger ledger = PublishedLedger.empty()) {
            List<RequestId> requests = new ArrayList<>();
            List<Integer> matched = new ArrayList<>();
            ledger.schedule("2023-Q3");
            act(ledger, random, requests, matched);
            ledger.publish("2023-Q2");
            act(ledger, random, requests, matched);
            ledger.preview("2023-Q3");
            act(ledger, random, requests, matched);
            ledger.release("2023-Q3");
            ledger.correct(requests.getFirst(), new Change(Field.SUBMITTED_INDIVIDUALS, 50L, 60L));
            act(ledger, random, requests, matched);
            ledger.revise("2023-Q2");

            List<Path> open = new ArrayList<>();
            for (String release : List.of("2023-Q2.1", "2023-Q3.1", "2023-Q2.2")) {
                String quarter = release.substring(0, 7);
                int revision = release.charAt(8) - '0';
                verify(ledger, ledger.bundle(quarter, revision, Variant.AUDIT, directory));
                open.add(ledger.bundle(quarter, revision, Variant.PUBLIC, directory));
                verify(ledger, open.getLast());
            }
            try (BundleVerification earlier = new BundleVerification(open.getFirst(), ledger.pinned());
                    BundleVerification later = new BundleVerification(open.getLast(), ledger.pinned())) {
                assertThat(earlier.run().breaks()).isEmpty();
                assertThat(later.run().breaks()).isEmpty();
                assertThat(Completeness.of(earlier, later).breaks()).isEmpty();
            }
        }
    }

    private static void act(PublishedLedger ledger, Random random, List<RequestId> requests, List<Integer> matched) {
        for (int i = 0; i < 4; i++) {
            int found = random.nextInt(40);
            requests.add(ledger.answered(
                    random.nextBoolean() ? DWP : HOME_OFFICE,
                    MONTHS.get(random.nextInt(MONTHS.size())),
                    50,
                    found,
                    found,
                    found,
                    found == 0 ? List.of() : List.of(Item.SCHOOL)));
            matched.add(found);
        }
        int corrected = 1 + random.nextInt(requests.size() - 1);
        if (matched.get(corrected) < 45) {
            int now = 45 + random.nextInt(5);
            ledger.correct(
                    requests.get(corrected), new Change(Field.MATCHED, (long) matched.get(corrected), (long) now));
            matched.set(corrected, now);
        }
    }

    private static void verify(PublishedLedger ledger, Path bundle) {
        try (BundleVerification verification = new BundleVerification(bundle, ledger.pinned())) {
            assertThat(verification.run().breaks()).as(bundle.toString()).isEmpty();
        }
    }

    @Test
    void aRequestThatMovedIntoAQuarterNotReleasedKeepsTheBundleClosed() {
        try (PublishedLedger ledger = PublishedLedger.empty()) {
            ledger.answered(DWP, "2023-08", 10, 1, 1, 1, List.of(Item.SCHOOL));
            RequestId moved = ledger.answered(DWP, "2023-08", 20, 2, 2, 2, List.of(Item.SCHOOL));
            ledger.correct(moved, new Change(Field.RECEIVED, "2023-08", "2023-10"));
            ledger.publish("2023-Q3");

            assertThatThrownBy(() -> ledger.bundle("2023-Q3", 1, Variant.PUBLIC))
                    .isInstanceOfSatisfying(
                            NotYet.class, early -> assertThat(early.what()).isEqualTo(NotYet.What.PUBLIC));
            verify(ledger, ledger.bundle("2023-Q3", 1, Variant.AUDIT, directory));

            ledger.publish("2023-Q4");
            verify(ledger, ledger.bundle("2023-Q3", 1, Variant.PUBLIC, directory));
            byte[] first = ledger.bundle("2023-Q3", 1, Variant.PUBLIC);
            ledger.publish("2023-Q2");
            assertThat(ledger.bundle("2023-Q3", 1, Variant.PUBLIC)).isEqualTo(first);
        }
    }
}
