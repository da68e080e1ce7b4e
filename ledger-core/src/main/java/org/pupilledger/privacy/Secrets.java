package org.pupilledger.privacy;

import static org.pupilledger.privacy.Guard.Finding.HASH;
import static org.pupilledger.privacy.Guard.Finding.SECRET;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.privacy.Guard.Finding;

/** Words that announce a secret, and the shapes of keys, tokens and hashes. */
final class Secrets {

    /** Found in any spelling: separators are left out, and {@code p4ssw0rd} is read as meant. */
    private static final List<String> PASSWORDS = List.of("PASSWORD", "PASSWD", "PASSPHRASE", "PASSCODE", "PASSKEY");

    /** Secretaries, secretariats and the Secret Intelligence Service are organisations. */
    private static final Pattern WORD = Pattern.compile("SECRET(?!AR|-INTELLIGENCE)|CREDENTIAL|PWD(?![A-Z])"
            + "|(?:API|PRIVATE)-?KEY|(?<![A-Z])BEARER-|(?<![A-Z])PIN(?:-?(?:CODE|NUMBER|NO|IS))?-?[0-9]{4,8}(?![0-9])");

    /** One of these is in whatever {@link #WORD} finds; to look for them is much cheaper. */
    private static final List<String> HINTS = List.of("SECRET", "CREDENTIAL", "PWD", "KEY", "BEARER", "PIN");

    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?:pass|pw|pin|key|token|login|user)\\s?[:=]", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS_WITH_USER = Pattern.compile("://[^/@\\s]{1,200}@");
    private static final Pattern WEB_TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8}");
    private static final Pattern HEX = Pattern.compile("[0-9A-F]{32}");
    private static final Pattern TOKEN = Pattern.compile(
            "(?=[A-Za-z0-9]{0,19}[a-z])(?=[A-Za-z0-9]{0,19}[A-Z])(?=[A-Za-z0-9]{0,19}[0-9])[A-Za-z0-9]{20}");

    /** An MD5 in hexadecimal digits. */
    private static final int SHORTEST_HASH = 32;
    /** No code or reference mixes capitals, small letters and digits over such a length without a separator. */
    private static final int SHORTEST_TOKEN = 20;

    private static final int SHORTEST_WORD = 3;

    private Secrets() {}

    static @Nullable Finding find(Folded text) {
        if (text.letters() < SHORTEST_WORD) {
            return null;
        }
        if (isAnnounced(text) || isToken(text)) {
            return SECRET;
        }
        boolean isHash =
                text.longest() >= SHORTEST_HASH && HEX.matcher(text.runs()).find();
        return isHash ? HASH : null;
    }

    private static boolean isAnnounced(Folded text) {
        String plain = text.plain();
        if (namesPassword(text.runs())
                || (text.hasOneOf(HINTS) && WORD.matcher(text.runs()).find())) {
            return true;
        }
        boolean mayAssign = plain.indexOf(':') >= 0 || plain.indexOf('=') >= 0;
        return mayAssign
                && (ASSIGNMENT.matcher(plain).find()
                        || ADDRESS_WITH_USER.matcher(plain).find());
    }

    private static boolean namesPassword(String runs) {
        if (runs.indexOf('P') < 0) {
            return false;
        }
        StringBuilder letters = new StringBuilder(runs.length());
        for (int i = 0; i < runs.length(); i++) {
            char sign = runs.charAt(i);
            switch (sign) {
                case '-', '+' -> {}
                case '0' -> letters.append('O');
                case '3' -> letters.append('E');
                case '4' -> letters.append('A');
                case '5' -> letters.append('S');
                default -> letters.append(sign);
            }
        }
        return letters.indexOf("PASS") >= 0 && PASSWORDS.stream().anyMatch(word -> letters.indexOf(word) >= 0);
    }

    private static boolean isToken(Folded text) {
        boolean isLong = text.longest() >= SHORTEST_TOKEN;
        return (text.plain().contains("eyJ") && WEB_TOKEN.matcher(text.plain()).find())
                || (isLong && TOKEN.matcher(text.plain()).find());
    }
}
