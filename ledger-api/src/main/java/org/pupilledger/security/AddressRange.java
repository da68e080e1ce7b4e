package org.pupilledger.security;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of the internet that have a beginning in common; one address is a range too.
 *
 * @param first an address of the range
 * @param bits  how many bits all of them share with it
 */
record AddressRange(InetAddress first, int bits) {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    /** Of a text such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.7}; empty where it is none. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = address(slash < 0 ? text : text.substring(0, slash));
        if (first == null) {
            return Optional.empty();
        }
        int most = first.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return Optional.of(new AddressRange(first, most));
        }
        String bits = text.substring(slash + 1);
        return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= most
                ? Optional.of(new AddressRange(first, Integer.parseInt(bits)))
                : Optional.empty();
    }

    /** An address as it is written, which no name server is asked for; null where the text is none. */
    static @Nullable InetAddress address(String text) {
        boolean isWellFormed = V4.matcher(text).matches() || (V6.matcher(text).matches() && text.indexOf(':') >= 0);
        if (!isWellFormed) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Who is behind an address, as a key: that address of IPv4, or its network of 64 bits of IPv6, of which one
     * subscriber has more addresses than anybody can count.
     */
    static String subscriber(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, Long.BYTES));
    }
}
