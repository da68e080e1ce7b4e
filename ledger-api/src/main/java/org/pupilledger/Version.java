package org.pupilledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Which program this is.
 *
 * @param number  of the release that it is, or becomes
 * @param commit  40 hexadecimal digits, with {@code -changed} where it was built from something else as well;
 *                {@code unknown} where it was built outside a repository
 */
record Version(String number, String commit) {
    private static final String FILE = "version.properties";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final String UNKNOWN = "unknown";

    /** As the build noted it. */
    static Version ofThisProgram() {
        Properties noted = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            if (file != null) {
                noted.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = noted.getProperty("commit", "");
        String archived = noted.getProperty("archived", "");
        return new Version(
                filled(noted.getProperty("version", "")),
                COMMIT.matcher(commit).matches()
                        ? commit + (noted.getProperty("changed", "").equals("true") ? "-changed" : "")
                        : COMMIT.matcher(archived).matches() ? archived : UNKNOWN);
    }

    private static String filled(String value) {
        return value.isEmpty() || value.contains("$") ? UNKNOWN : value;
    }

    @Override
    public String toString() {
        return number + " (commit " + commit + ")";
    }
}
