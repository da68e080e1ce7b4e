package org.pupilledger.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ProxiesTest {
    private final Proxies proxies = new Proxies(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8:ffff::/48"));

    private Client client(String from, String... headers) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        request.setRemoteAddr(from);
        request.addHeader("Host", "inside:8080");
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.addHeader(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return proxies.client(request);
    }

    private String address(String from, String... headers) {
        return client(from, headers).address().getHostAddress();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Nothing: x | 10.0.0.1",
                "X-Forwarded-For: 203.0.113.5 | 203.0.113.5",
                "X-Forwarded-For: 203.0.113.5:4711 | 203.0.113.5",
                "X-Forwarded-For: 1.1.1.1, 203.0.113.5 | 203.0.113.5",
                "X-Forwarded-For: 1.1.1.1, 203.0.113.5, 10.9.9.9, 192.0.2.7 | 203.0.113.5",
                "X-Forwarded-For: 10.3.3.3, 10.2.2.2 | 10.3.3.3",
                "X-Forwarded-For: 2001:db8::5 | 2001:db8:0:0:0:0:0:5",
                "X-Forwarded-For: [2001:db8::5]:4711 | 2001:db8:0:0:0:0:0:5",
                "X-Forwarded-For: ::ffff:203.0.113.5 | 203.0.113.5",
                "X-Forwarded-For: unknown | 10.0.0.1",
                "X-Forwarded-For: 203.0.113.5, somewhere.example | 10.0.0.1",
                "X-Forwarded-For: 203.0.113.5, 010.0.0.1 | 10.0.0.1",
                "X-Forwarded-For: 203.0.113.5, 1.1.1 | 10.0.0.1",
                "X-Forwarded-For: 203.0.113.5, ,, | 203.0.113.5",
                "X-Forwarded-For: 203.0.113.999 | 10.0.0.1",
                "Forwarded: for=203.0.113.5 | 203.0.113.5",
                "Forwarded: For=\"203.0.113.5:4711\";proto=http;by=10.0.0.1 | 203.0.113.5",
                "Forwarded: for=\"[2001:db8::5]:4711\" | 2001:db8:0:0:0:0:0:5",
                "Forwarded: for=\"[2001:db8::5]\", for=10.1.1.1 | 2001:db8:0:0:0:0:0:5",
                "Forwarded: for=1.1.1.1, for=203.0.113.5 | 203.0.113.5",
                "Forwarded: for=_hidden | 10.0.0.1",
                "Forwarded: for=unknown | 10.0.0.1",
                "Forwarded: proto=https | 10.0.0.1",
                "Forwarded: for=\"open, for=203.0.113.5 | 203.0.113.5",
                "Forwarded: x=\", for=\"[2001:db8::5]:1\" | 2001:db8:0:0:0:0:0:5",
            })
    void theFirstWhoIsNoProxyIsTheCaller(String header, String address) {
        assertThat(address("10.0.0.1", header)).isEqualTo(address);
        assertThat(address("203.0.113.80", header))
                .as("nobody else is believed")
                .isEqualTo("203.0.113.80");
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(address("10.0.0.1", "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.5"))
                .isEqualTo("203.0.113.5");
    }

    /** A proxy sets one of the two, and may pass on the other as it came. */
    @Test
    void ofTwoHeadersThatDifferNoneIsBelieved() {
        assertThat(address("10.0.0.1", "X-Forwarded-For: 203.0.113.5", "Forwarded: for=1.1.1.1"))
                .isEqualTo("10.0.0.1");
        assertThat(address("10.0.0.1", "X-Forwarded-For: 203.0.113.5", "Forwarded: for=\"203.0.113.5:80\""))
                .isEqualTo("203.0.113.5");
    }

    @Test
    void aProxyOfAnyKindIsKnown() {
        assertThat(address("2001:db8:ffff:1::1", "X-Forwarded-For: 203.0.113.5"))
                .isEqualTo("203.0.113.5");
        assertThat(address("::ffff:10.1.1.1", "X-Forwarded-For: 203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(address("2001:db8:fffe:1::1%eth0", "X-Forwarded-For: 203.0.113.5"))
                .isEqualTo("2001:db8:fffe:1:0:0:0:1");
        assertThat(address("192.0.2.8", "X-Forwarded-For: 203.0.113.5")).isEqualTo("192.0.2.8");
    }

    @Test
    void theOriginIsThatOfTheOutermostProxy() {
        assertThat(client("203.0.113.5", "X-Forwarded-Host: evil.example").origin())
                .isEqualTo("http://inside:8080");
        assertThat(client("10.0.0.1").origin()).isEqualTo("http://inside:8080");
        assertThat(client(
                                "10.0.0.1",
                                "X-Forwarded-For: 203.0.113.5",
                                "X-Forwarded-Host: Ledger.example",
                                "X-Forwarded-Proto: https")
                        .origin())
                .isEqualTo("https://ledger.example:443");
        assertThat(client("10.0.0.1", "X-Forwarded-Host: ledger.example", "X-Forwarded-Port: 8443")
                        .origin())
                .isEqualTo("http://ledger.example:8443");
        assertThat(client(
                                "10.0.0.1",
                                "X-Forwarded-For: 203.0.113.5, 10.2.2.2",
                                "X-Forwarded-Host: ledger.example, inner.example",
                                "X-Forwarded-Proto: https, http")
                        .origin())
                .isEqualTo("https://ledger.example:443");
        assertThat(client("10.0.0.1", "Forwarded: for=203.0.113.5;host=\"ledger.example:8443\";proto=https")
                        .origin())
                .isEqualTo("https://ledger.example:8443");
        assertThat(client("10.0.0.1", "Forwarded: host=evil.example;for=1.1.1.1, for=203.0.113.5;proto=https")
                        .origin())
                .isEqualTo("https://inside:8080");
        assertThat(client("10.0.0.1", "X-Forwarded-Host: a b").origin()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::1/129", "ledger.example", "10.0.0.1/-1"})
    void whatIsNoRangeIsRefused(String range) {
        assertThatThrownBy(() -> new Proxies(List.of(range))).isInstanceOf(IllegalArgumentException.class);
    }
}
