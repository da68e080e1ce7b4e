package org.pupilledger.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.DwpFigures;
import org.pupilledger.figures.FiguresDocument;
import org.pupilledger.period.By;

/** What is published twice must be the same bytes: on another machine, in another year, by another release of Java. */
@Isolated("it changes the locale and the time zone of the process")
class SameBytesTest {
    /** Of every format of some documents. */
    static String digests() {
        List<String> digests = new ArrayList<>();
        for (Document document : List.of(
                Documents.dwp(),
                Documents.hostile(),
                Documents.tenYears(),
                FiguresDocument.of(DwpFigures.by(By.MONTH)))) {
            digests.add(sha256(DocumentOds.of(document)));
            digests.add(sha256(DocumentHtml.of(document)));
            digests.add(sha256(DocumentJson.of(document)));
            for (Table table : document.tables()) {
                digests.add(sha256(TableCsv.of(table)));
                digests.add(sha256(TableMetadata.of(table)));
            }
        }
        return sha256(String.join(",", digests).getBytes(UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void comeInEveryLocaleAndTimeZone() {
        String expected = digests();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String other : List.of("tr-TR", "de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(other));
                TimeZone.setDefault(TimeZone.getTimeZone(other.startsWith("t") ? "Pacific/Kiritimati" : "Etc/GMT+12"));
                assertThat(digests()).as(other).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tr, TR, Asia/Tokyo, UTF-8, -XX:+UseSerialGC",
        "de, DE, America/St_Johns, ISO-8859-1, -XX:+UseParallelGC"
    })
    void comeFromAnotherProcess(String language, String country, String zone, String encoding, String collector)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        collector,
                        "-Duser.language=" + language,
                        "-Duser.country=" + country,
                        "-Duser.timezone=" + zone,
                        "-Duser.name=somebody",
                        "-Dfile.encoding=" + encoding,
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        Printer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo(digests());
        assertThat(process.waitFor()).isZero();
    }

    /** Prints what this process makes of the same documents. */
    static final class Printer {
        private Printer() {}

        public static void main(String[] arguments) {
            System.out.print(digests());
        }
    }
}
