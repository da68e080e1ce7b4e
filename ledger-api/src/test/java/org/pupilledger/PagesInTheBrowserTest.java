package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages of the demo as readers meet them: on a laptop, on a phone, on paper, with a keyboard, without scripts and
 * without a network. Leaves what each looked like in {@code target/screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesInTheBrowserTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int LAPTOP = 1280;
    private static final int TABLET = 768;
    private static final int PHONE = 390;

    /** CSS pixels of A4 between margins of 15 mm. */
    private static final int PAPER = 680;

    private static final int HEIGHT = 800;
    private static final String TABLE = "/2023-Q4/other-government-quarterly";
    private static final String WHY = "/2023-Q4/period-totals/2015-07_2016-09/HOME_OFFICE/individuals_matched";

    /** What is wrong by the Web Content Accessibility Guidelines, 2.2 AA. */
    private static final String ACCESSIBILITY = """
            async () => (await axe.run(document, {resultTypes: ['violations'], runOnly:
                ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']}))
              .violations.flatMap(rule => rule.nodes.map(node => rule.id + ' ' + node.target + ' ' + node.failureSummary))
            """;

    /** What does not fit a screen. */
    private static final String FIT = """
            () => {
              const wrong = [];
              const page = document.documentElement;
              if (page.scrollWidth > page.clientWidth) wrong.push('the page is ' + page.scrollWidth + ' wide');
              for (const one of document.querySelectorAll('body *')) {
                const style = getComputedStyle(one);
                if (one.clientWidth <= 1 || one.scrollWidth <= one.clientWidth || style.overflowX === 'visible') continue;
                const what = one.tagName + '.' + one.className;
                if (style.overflowX === 'hidden') wrong.push(what + ' is cut off');
                if (one.tabIndex !== 0) wrong.push(what + ' is not reached by keyboard');
                if (one.getAttribute('role') !== 'region' || !one.getAttribute('aria-label')) wrong.push(what + ' has no name');
                const cue = one.closest('figure')?.querySelector('.ledger-sideways')?.checkVisibility();
                if (!cue && style.backgroundImage === 'none') wrong.push(what + ' does not show that it goes on');
              }
              for (const table of document.querySelectorAll('table')) {
                if (table.tHead.rows[0].cells.length > 8) wrong.push(table.id + ' has too many columns');
              }
              return wrong;
            }
            """;

    /** What is lost or too small on paper. */
    private static final String PRINT = """
            () => {
              const wrong = [];
              for (const one of document.querySelectorAll('main :is(h1, h2, p, li, dt, dd, th, td, svg, pre)')) {
                const box = one.getBoundingClientRect();
                const what = one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 40);
                if (box.width > 1 && box.right > innerWidth + 1) wrong.push(what + ' ends at ' + box.right);
                if (/^(TD|TH|P|LI|DD)$/.test(one.tagName) && parseFloat(getComputedStyle(one).fontSize) < 12) {
                  wrong.push(what + ' is smaller than 9 point');
                }
              }
              return wrong;
            }
            """;

    private final List<String> noise = new ArrayList<>();

    @TempDir
    private Path directory;

    private Chromium chromium;
    private TestServer server;
    private String axe;
    private String key;
    private Page page;

    @BeforeAll
    void theDemoIsOpen() throws IOException {
        chromium = Chromium.start();
        Path data = TestServer.newDirectory();
        TestServer.prepare(data);
        Files.createFile(data.resolve("demo"));
        List<String> settings = TestServer.settings(data);
        settings.add("--spring.profiles.active=demo");
        server = TestServer.start(data, settings);
        key = server.anonymous().get("/log/key").text().strip();
        try (InputStream script = getClass().getResourceAsStream("/axe.min.js")) {
            axe = new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        }
        Files.createDirectories(SCREENSHOTS);
        page = tab(chromium.reader(new Browser.NewContextOptions()));
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void nothingIsLeft() {
        noise.clear();
        page.setViewportSize(LAPTOP, HEIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        page.context().setOffline(false);
    }

    /** Its complaints, and whom else it asks, are noted. */
    private Page tab(BrowserContext reader) {
        Page tab = reader.newPage();
        tab.onConsoleMessage(message -> {
            // a browser fetches the sign of a site when it likes, also when the network has gone
            if (!message.location().contains("/assets/icon.png")) {
                noise.add(message.type() + " " + message.text());
            }
        });
        tab.onPageError(noise::add);
        tab.onRequest(request -> {
            if (!request.url().startsWith(address("/")) && !request.url().startsWith("file:")) {
                noise.add("asks " + request.url());
            }
        });
        return tab;
    }

    private String address(String path) {
        return "http://localhost:" + server.port() + path;
    }

    private Response open(String path) {
        return Objects.requireNonNull(page.navigate(address(path)));
    }

    /** What a script in the page says, line by line. */
    private List<String> lines(String script) {
        return ((List<?>) page.evaluate(script)).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/releases",
                "/2023-Q4",
                "/2016-Q3",
                TABLE,
                WHY,
                "/2023-Q4/other-government-quarterly/2023-Q3/DWP/individuals_returned",
                "/requests?q=2023",
                "/2023-Q4/requests/1",
                "/search?q=2023",
                "/codes",
                "/agreements?on=2024-05-01",
                "/agreements",
                "/statements",
                "/about",
                "/check",
                "/problems/rule-broken",
                "/2023-Q4/nothing"
            })
    void everyPageFitsIsAccessibleAndAsksNobodyElse(String path) {
        int status = open(path).status();

        assertThat(status).isEqualTo(path.endsWith("/nothing") ? 404 : 200);
        page.evaluate(axe);
        for (int width : List.of(LAPTOP, PHONE)) {
            page.setViewportSize(width, HEIGHT);
            screenshot(path, Integer.toString(width));
            assertThat(lines(FIT)).as("at %d", width).isEmpty();
            assertThat(lines(ACCESSIBILITY)).as("at %d", width).isEmpty();
        }
        page.setViewportSize(TABLET, HEIGHT);
        assertThat(lines(FIT)).as("at %d", TABLET).isEmpty();
        page.setViewportSize(PAPER, HEIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        screenshot(path, "print");
        assertThat(lines(PRINT)).as("on paper").isEmpty();
        // of a page that is not there the browser says so itself
        assertThat(noise)
                .filteredOn(line -> status == 200 || !line.contains("responded with a status of 404"))
                .isEmpty();
    }

    @Test
    void everyTableOfAnEditionFits() {
        open("/2016-Q3");
        List<String> tables = lines(
                "() => [...document.querySelectorAll('main li a[href^=\"/2016-Q3/\"]')].map(link => link.pathname)");
        assertThat(tables).contains("/2016-Q3/revisions").hasSizeGreaterThan(10);
        for (String path : tables) {
            open(path.replace("2016-Q3", path.endsWith("revisions") ? "2016-Q3" : "2023-Q4"));
            for (int width : List.of(LAPTOP, TABLET, PHONE)) {
                page.setViewportSize(width, HEIGHT);
                assertThat(lines(FIT)).as("%s at %d", path, width).isEmpty();
            }
            page.setViewportSize(PAPER, HEIGHT);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(lines(PRINT)).as("%s on paper", path).isEmpty();
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        }
        assertThat(noise).isEmpty();
    }

    private void screenshot(String path, String how) {
        String name = path.substring(1).replaceAll("[^A-Za-z0-9-]+", "_");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve((name.isEmpty() ? "home" : name) + "-" + how + ".png")));
    }

    @Test
    void withoutScriptsEachPageIsTheSameAndTheOneThatChecksSaysWhatToDo() {
        try (BrowserContext reader = chromium.reader(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page plain = tab(reader);
            for (String path : List.of("/", "/2023-Q4", TABLE, WHY, "/requests")) {
                open(path);
                plain.navigate(address(path));
                assertThat(plain.innerText("main"))
                        .as(path)
                        .isEqualTo(page.innerText("main"))
                        .hasSizeGreaterThan(200);
            }
            plain.navigate(address("/check"));
            assertThat(plain.innerText("main")).contains("needs JavaScript", "ledger-verifier.jar");
            assertThat(plain.isVisible("#file")).isFalse();
        }
    }

    @Test
    void withTheKeyboardAloneANumberIsFollowedToWhyItIsThisOne() {
        open(TABLE);

        page.keyboard().press("Tab");
        assertThat(focused()).isEqualTo("Skip to main content");
        assertThat(page.locator(".govuk-skip-link").boundingBox().y)
                .as("it is seen once it has the focus")
                .isNotNegative();
        page.keyboard().press("Enter");
        tabTo("185");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.endsWith("/2018-Q2/DWP/individuals_submitted"));

        assertThat(page.innerText("h1")).contains("Apr to Jun 2018", "185");
        assertThat(page.innerText("main")).contains("185 submitted, 1 matched, Y-only returned");
    }

    private String focused() {
        return page.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.textContent")
                .toString()
                .strip();
    }

    private void tabTo(String text) {
        for (int i = 0; i < 200 && !focused().equals(text); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused()).isEqualTo(text);
    }

    @Test
    void aChartThatIsWiderThanAPhoneIsScrolledWithTheKeyboard() {
        page.setViewportSize(PHONE, HEIGHT);
        open("/");

        tabTo(Objects.requireNonNull(page.locator("figure .ledger-scroll").getAttribute("aria-label")));
        page.keyboard().press("ArrowRight");
        page.waitForFunction("() => document.activeElement.scrollLeft > 0");

        assertThat(page.innerText("figure")).contains("Scroll sideways");
    }

    @Test
    void aStrangerFindsFromTheFirstPageWhatWasAskedAndWhetherAnythingWasCorrected() {
        open("/");
        page.getByText("531 now").first().click();
        assertThat(page.innerText("h1")).contains("Home Office", "Jul 2015 to Sep 2016", "531");
        assertThat(page.innerText("main")).contains("520", "recount");

        page.getByText("Requests", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        page.fill("#q", "2023-0027990");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("q=2023-0027990"));
        assertThat(page.innerText("main")).contains("1 found.", "address and school returned for 1");
    }

    @Test
    void withoutANetworkAFileIsChosenOrDroppedAndChecked() {
        byte[] receipt = receipt();
        byte[] bundle = server.as("auditor").get("/audit/bundles/2023-Q4").bytes();
        open("/check");
        page.context().setOffline(true);

        assertThat(verdict("receipt.txt", receipt)).as("without a key").contains("Not checked");
        page.click("#own-key");
        assertThat(verdict("receipt.txt", receipt)).startsWith("Valid").contains("Compare it with one");
        assertThat(verdict("receipt.txt", changed(receipt))).startsWith("Not valid");
        assertThat(verdict("bundle.zip", bundle)).startsWith("Valid");
        assertThat(verdict("bundle.zip", changed(bundle))).startsWith("Not valid");

        drop("receipt.txt", receipt);
        assertThat(page.innerText("#verdict[data-state=VALID]")).startsWith("Valid");
        page.evaluate(axe);
        assertThat(lines(ACCESSIBILITY)).isEmpty();
        screenshot("/check-valid", Integer.toString(LAPTOP));
        assertThat(noise).isEmpty();
    }

    @Test
    void thePageThatWasSavedChecksFromADisk() throws IOException {
        Path saved = Files.write(
                directory.resolve("check.html"),
                server.anonymous().get("//check.html").bytes());
        page.context().setOffline(true);
        page.navigate(saved.toUri().toString());

        page.fill("#key", key);

        assertThat(verdict("receipt.txt", receipt())).startsWith("Valid");
        assertThat(verdict("receipt.txt", changed(receipt()))).startsWith("Not valid");
        assertThat(lines(FIT)).isEmpty();
        assertThat(noise).isEmpty();
    }

    /** Of a request of the samples. */
    private byte[] receipt() {
        Caller auditor = server.as("auditor");
        String id = auditor.get("/requests?reference=2023-0027990").at("/items/0/id");
        return auditor.get("/requests/" + id + "/receipt").bytes();
    }

    /** With one bit of its middle turned. */
    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        return changed;
    }

    private String verdict(String name, byte[] bytes) {
        page.setInputFiles("#file", new FilePayload(name, "application/octet-stream", bytes));
        return settled();
    }

    private String settled() {
        page.waitForFunction("() => (document.querySelector('#verdict').dataset.state ?? 'CHECKING') !== 'CHECKING'");
        return page.innerText("#verdict");
    }

    private void drop(String name, byte[] bytes) {
        JSHandle files =
                page.evaluateHandle("""
                ([name, bytes]) => {
                  const files = new DataTransfer();
                  files.items.add(new File([Uint8Array.from(atob(bytes), sign => sign.charCodeAt(0))], name));
                  return files;
                }
                """, List.of(name, Base64.getEncoder().encodeToString(bytes)));
        page.dispatchEvent("#drop", "drop", Map.of("dataTransfer", files));
        settled();
    }
}
