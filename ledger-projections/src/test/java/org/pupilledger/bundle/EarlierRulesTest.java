package org.pupilledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupilledger.bundle.BundleVerification.Verified;
import org.pupilledger.export.TableCsv;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.DocumentHtml;
import org.pupilledger.tables.DocumentJson;
import org.pupilledger.tables.DocumentOds;
import org.pupilledger.tables.TableMetadata;

/**
 * Editions that were made by rules of before, by the programs of that time: of the first rules one has a group of requests
 * that was answered, police below other police, a court below a ministry, and a correction; of the second rules one has
 * period totals, one of them shown in part, coverage, and a correction.
 */
class EarlierRulesTest {
    @ParameterizedTest
    @CsvSource({
        "edition/1, 2023-Q3-public.zip,   key",
        "edition/1, 2023-Q4-public.zip,   key",
        "edition/1, 2023-Q3.2-audit.zip,  2023-Q3.2-key",
        "edition/2, 2016-Q3.2-audit.zip,  2016-Q3.2-key"
    })
    void areMadeAgainToTheByte(String rules, String name, String key) throws IOException {
        VerifierKey pinned = VerifierKey.parse(
                        Files.readString(WorkedExampleTest.kept(key)).strip())
                .orElseThrow();
        Map<String, byte[]> released = new LinkedHashMap<>();
        try (BundleVerification verification =
                new BundleVerification(WorkedExampleTest.kept(name), new LogVerifier(pinned.name(), List.of(pinned)))) {
            assertThat(verification.run().breaks()).isEmpty();
            Verified verified = verification.verified();
            verified.revision()
                    .content()
                    .files()
                    .forEach(file -> released.put(
                            file.name(), verified.bundle().read(BundleLayout.EDITION + file.name(), file.size())));

            Document document = verified.sources()
                    .make(
                            verified.edition(),
                            verified.revision(),
                            EditionRules.of(rules).orElseThrow())
                    .document();

            assertThat(verified.revision().content().rules()).isEqualTo(rules);
            assertThat(filesOf(document)).containsExactlyEntriesOf(released);
        }
    }

    private static Map<String, byte[]> filesOf(Document document) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(document.name() + ".ods", DocumentOds.of(document));
        files.put(document.name() + ".html", DocumentHtml.of(document));
        files.put(document.name() + ".json", DocumentJson.of(document));
        document.tables().forEach(table -> {
            files.put(table.name() + ".csv", TableCsv.of(table));
            files.put(TableMetadata.fileName(table), TableMetadata.of(table));
        });
        return files;
    }
}
