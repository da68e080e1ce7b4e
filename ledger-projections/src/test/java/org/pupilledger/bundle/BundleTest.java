package org.pupilledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Bundles of the published DWP cases, made and verified. */
@Timeout(120)
@Isolated("it changes the locale and the time zone of the process")
class BundleTest {
    private static PublishedLedger ledger;

    @TempDir
    private Path directory;

    @BeforeAll
    static void publish() {
        ledger = PublishedLedger.ofTheDwpCases();
        ledger.agree("DS00001", "2023-01");
        ledger.publish("2023-Q3");
        ledger.publish("2023-Q4");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private BundleReport verify(Path bundle) {
        try (BundleVerification verification = new BundleVerification(bundle, ledger.pinned())) {
            return verification.run();
        }
    }

    @Test
    void anAuditBundleGivesAllEntriesAndVerifies() {
        BundleReport report = verify(ledger.bundle("2023-Q3", 1, Variant.AUDIT, directory));

        assertThat(report.breaks()).isEmpty();
        assertThat(report.disclosed())
                .isEqualTo(Objects.requireNonNull(report.head()).entries())
                .isPositive();
        assertThat(report.cells()).isGreaterThan(100);
    }

    @Test
    void aPublicBundleHidesWhatIsNotReleasedAndVerifies() {
        BundleReport report = verify(ledger.bundle("2023-Q3", 1, Variant.PUBLIC, directory));

        assertThat(report.breaks()).isEmpty();
        assertThat(report.disclosed())
                .isPositive()
                .isLessThan(Objects.requireNonNull(report.head()).entries());
    }

    @Test
    void theSameReleaseGivesTheSameBytesWhateverTheMachine() {
        byte[] first = ledger.bundle("2023-Q3", 1, Variant.PUBLIC);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(ledger.bundle("2023-Q3", 1, Variant.PUBLIC)).isEqualTo(first);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aLaterBundleShowsThatNothingWasKeptBack() throws IOException {
        Path earlier = ledger.bundle("2023-Q3", 1, Variant.PUBLIC, directory);
        Path later = ledger.bundle("2023-Q4", 1, Variant.PUBLIC, directory);
        Path key = Files.writeString(directory.resolve("key"), ledger.key() + "\n");

        Said said = Said.of("--key", key.toString(), earlier.toString(), later.toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("4 entries below its position were disclosed since");
    }

    @Test
    void theKeyInTheBundleProvesTheBundleOnlyAndThatIsSaidLast() {
        Path bundle = ledger.bundle("2023-Q3", 1, Variant.AUDIT, directory);

        Said said = Said.of(bundle.toString());

        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.err()).contains("No key is given");
        assertThat(said.out().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .isEqualTo(VerifyBundle.UNVOUCHED)
                .contains("Nothing outside");
    }
}
