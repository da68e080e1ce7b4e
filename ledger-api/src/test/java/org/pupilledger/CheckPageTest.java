package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.digest.Sha256;

/** The page on which files are checked, and the same as one file. */
@ExtendWith(SharedServer.class)
class CheckPageTest {
    private final Caller anybody;

    CheckPageTest(TestServer server) {
        this.anybody = server.anonymous();
    }

    @Test
    void tellsTheLogsOwnKeyAndThatItIsNoIndependentOne() {
        String key = anybody.get("/log/key").text().strip();

        Reply page = anybody.get("//check");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("data-keys=\"" + key + "\"", "no independent check", "/assets/check.js?v=");
        assertThat(page.header("content-security-policy"))
                .contains("script-src 'self'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
    }

    @Test
    void isOneFileThatFetchesNothingAndNamesWhatItHolds() {
        Reply file = anybody.get("//check.html");

        String html = file.text();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("content-disposition")).isEqualTo("attachment; filename=\"pupil-ledger-check.html\"");
        assertThat(html).doesNotContain("src=", "href=", "url(", "@import", "fetch(", "XMLHttpRequest", "innerHTML");
        String policy = html.substring(
                        html.indexOf("content=\"") + 9, html.indexOf('"', html.indexOf("content=\"") + 9))
                .replace("&#39;", "'");
        assertThat(policy)
                .isEqualTo(file.header("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("script-src '" + digestOf(between(html, "<script type=\"module\">", "</script>")) + "'")
                .contains("style-src '" + digestOf(between(html, "<style>", "</style>")) + "'")
                .doesNotContain("unsafe");
    }

    private static String between(String html, String from, String to) {
        int begin = html.indexOf(from) + from.length();
        return html.substring(begin, html.indexOf(to, begin));
    }

    private static String digestOf(String inline) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.bytes(inline.getBytes(UTF_8)));
    }
}
