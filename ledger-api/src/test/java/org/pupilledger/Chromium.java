package org.pupilledger;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The browser that is installed here, without a window; none is downloaded. Where there is none, whoever asks for it is
 * skipped, and fails with {@code REQUIRE_TOOLS=1} in the environment. One thread at a time.
 */
final class Chromium implements AutoCloseable {
    /** Of the Maven profile {@code browser}. */
    private static final String DRIVER = "com.microsoft.playwright.impl.driver.jar.DriverJar";

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path program = program();
        try {
            Class.forName(DRIVER);
        } catch (ClassNotFoundException e) {
            throw missing("what drives the browser is not there: mvn -Pbrowser brings it");
        }
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(program)
                                .setArgs(ARGUMENTS)));
    }

    static Path program() {
        List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(place -> names.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> missing("chromium is not installed"));
    }

    private static AssertionError missing(String what) {
        return "1".equals(System.getenv("REQUIRE_TOOLS")) ? fail(what) : abort(what);
    }

    /** A reader who was never here before. */
    BrowserContext reader(Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
