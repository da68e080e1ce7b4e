package org.pupilledger.security;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as the connection tells, or the proxies in front that are configured.
 *
 * @param address where the call comes from
 * @param origin  what a page of this server has as its origin for the caller, such as {@code https://ledger.example:443};
 *                null where the call does not say
 */
record Client(InetAddress address, @Nullable String origin) {
    private static final Pattern ORIGIN = Pattern.compile(
            "(?<scheme>https?)://(?<host>[a-z0-9._-]+|\\[[0-9a-f:.]+])(:(?<port>[0-9]{1,5}))?",
            Pattern.CASE_INSENSITIVE);

    /** An origin with its port, in lower case; empty where the text is none. */
    static Optional<String> origin(String text) {
        Matcher parts = ORIGIN.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = lower(parts.group("scheme"));
        String port = parts.group("port");
        int number = port == null ? (scheme.equals("https") ? 443 : 80) : Integer.parseInt(port);
        return Optional.of(scheme + "://" + lower(parts.group("host")) + ":" + number);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
