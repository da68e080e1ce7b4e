package org.pupilledger.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The proxies in front of this server. What they say of a call in {@code Forwarded} or {@code X-Forwarded-*} is
 * believed; what anybody else says there is not looked at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239</a>
 */
public final class Proxies {
    private static final String FORWARDED = "Forwarded";
    private static final String FOR = "X-Forwarded-For";

    /** An address, perhaps with a port; of IPv6 in brackets where there is one. */
    private static final Pattern NODE =
            Pattern.compile("\\[(?<v6>[0-9A-Fa-f:.]+)](:[0-9A-Za-z._-]+)?|(?<v4>[0-9.]+)(:[0-9A-Za-z._-]+)?");

    private final List<AddressRange> ranges;

    /** @throws IllegalArgumentException something is neither an address nor a range of addresses */
    public Proxies(List<String> ranges) {
        this.ranges = ranges.stream()
                .map(range -> AddressRange.parse(range.strip())
                        .orElseThrow(() -> new IllegalArgumentException("not a range of addresses")))
                .toList();
    }

    /** What proxies say, the nearest first. */
    private record Told(List<InetAddress> passed, List<Map<String, String>> elements) {
        InetAddress furthest() {
            return passed.getLast();
        }

        /** What the furthest of the proxies says that says anything. */
        Optional<String> parameter(String name) {
            return elements.reversed().stream()
                    .map(element -> element.get(name))
                    .filter(value -> value != null)
                    .findFirst();
        }
    }

    Client client(HttpServletRequest request) {
        InetAddress nearest = nearest(request);
        if (!isProxy(nearest)) {
            return new Client(nearest, origin(request.getScheme(), request.getHeader(HttpHeaders.HOST)));
        }
        Told standard = follow(nearest, standard(request));
        Told customary = follow(nearest, customary(request));
        String scheme = standard.parameter("proto")
                .or(() -> furthest(request, "X-Forwarded-Proto", customary))
                .orElseGet(request::getScheme);
        String host = standard.parameter("host")
                .or(() -> furthest(request, "X-Forwarded-Host", customary).map(name -> withPort(name, request)))
                .orElseGet(() -> request.getHeader(HttpHeaders.HOST));
        return new Client(agreed(nearest, standard, customary), origin(scheme, host));
    }

    /**
     * A proxy sets one of the headers and may pass on the other as the caller made it up. Where both are there and
     * differ, none is believed: the call counts as the proxy's own.
     */
    private static InetAddress agreed(InetAddress nearest, Told standard, Told customary) {
        if (standard.elements().isEmpty()) {
            return customary.furthest();
        }
        boolean isOneVoice =
                customary.elements().isEmpty() || standard.furthest().equals(customary.furthest());
        return isOneVoice ? standard.furthest() : nearest;
    }

    private static InetAddress nearest(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        int zone = address.indexOf('%');
        InetAddress parsed = AddressRange.address(zone < 0 ? address : address.substring(0, zone));
        return parsed == null ? InetAddress.getLoopbackAddress() : parsed;
    }

    private boolean isProxy(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** From the nearest proxy outwards, as long as those who say it are proxies. */
    private Told follow(InetAddress nearest, List<Map<String, String>> elements) {
        List<InetAddress> passed = new ArrayList<>(List.of(nearest));
        List<Map<String, String>> believed = new ArrayList<>();
        for (Map<String, String> element : elements) {
            if (!isProxy(passed.getLast())) {
                break;
            }
            believed.add(element);
            InetAddress before = node(element.getOrDefault("for", ""));
            if (before == null) {
                break;
            }
            passed.add(before);
        }
        return new Told(passed, believed);
    }

    private static @Nullable InetAddress node(String text) {
        InetAddress bare = AddressRange.address(text);
        if (bare != null) {
            return bare;
        }
        Matcher parts = NODE.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        return AddressRange.address(parts.group("v6") == null ? parts.group("v4") : parts.group("v6"));
    }

    private static List<Map<String, String>> standard(HttpServletRequest request) {
        return backwards(all(request, FORWARDED), ',').stream()
                .map(Proxies::parameters)
                .toList();
    }

    private static Map<String, String> parameters(String element) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : backwards(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals).toLowerCase(Locale.ROOT), unquoted(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }

    private static List<Map<String, String>> customary(HttpServletRequest request) {
        return backwards(all(request, FOR), ',').stream()
                .map(node -> Map.of("for", node))
                .toList();
    }

    /** Of a list without a quote, the value that the furthest proxy gave; the first where inner ones add none. */
    private static Optional<String> furthest(HttpServletRequest request, String header, Told customary) {
        List<String> values = backwards(all(request, header), ',');
        int proxies = Math.max(1, customary.elements().size());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(Math.min(proxies, values.size()) - 1));
    }

    private static String withPort(String host, HttpServletRequest request) {
        boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
        List<String> ports = backwards(all(request, "X-Forwarded-Port"), ',');
        return hasPort || ports.isEmpty() ? host : host + ":" + ports.getFirst();
    }

    /** Several lines of one header are one list. */
    private static String all(HttpServletRequest request, String header) {
        return String.join(",", Collections.list(request.getHeaders(header)));
    }

    /**
     * The elements of a list, the last one first. It is read from its end, which a proxy wrote: no quote that a caller
     * left open further on hides what follows it.
     */
    private static List<String> backwards(String list, char separator) {
        List<String> elements = new ArrayList<>();
        boolean isQuoted = false;
        int end = list.length();
        for (int i = list.length() - 1; i >= 0; i--) {
            char sign = list.charAt(i);
            boolean isEscaped = i > 0 && list.charAt(i - 1) == '\\';
            if (sign == '"' && !isEscaped) {
                isQuoted = !isQuoted;
            } else if (sign == separator && !isQuoted) {
                elements.add(list.substring(i + 1, end).strip());
                end = i;
            }
        }
        elements.add(list.substring(0, end).strip());
        elements.removeIf(String::isEmpty);
        return elements;
    }

    /** What a page of this server has as its origin for the caller, with its port; null where the call does not say. */
    public @Nullable String origin(HttpServletRequest request) {
        return client(request).origin();
    }

    private static @Nullable String origin(@Nullable String scheme, @Nullable String host) {
        return Client.origin(scheme + "://" + host).orElse(null);
    }
}
