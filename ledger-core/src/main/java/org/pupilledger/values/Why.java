package org.pupilledger.values;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Purpose;

/**
 * Why a request is made, as codes, by which the figures may be cut. A request is counted under one of them only, so that the
 * rows of a cut add up.
 *
 * @param purpose     a {@link Purpose}, {@value #SEVERAL} or {@value #NOT_STATED}
 * @param gateway     a {@link Gateway} or {@value #NOT_STATED}
 * @param lawfulBasis a {@link LawfulBasis} or {@value #NOT_STATED}
 */
public record Why(String purpose, String gateway, String lawfulBasis) implements Comparable<Why> {
    /** Where no source states it. */
    public static final String NOT_STATED = "NOT_STATED";

    /** The purpose of a request that has more than one. */
    public static final String SEVERAL = "SEVERAL";

    /** All three where events of the request were written before they told it. */
    public static final String NOT_TOLD = "NOT_TOLD";

    public static final Set<String> PURPOSES = codes(Purpose.values(), NOT_STATED, SEVERAL);
    public static final Set<String> GATEWAYS = codes(Gateway.values(), NOT_STATED);
    public static final Set<String> LAWFUL_BASES = codes(LawfulBasis.values(), NOT_STATED);

    /** Of a request whose events do not tell it. */
    public static final Why UNTOLD = new Why(NOT_TOLD, NOT_TOLD, NOT_TOLD);

    /** Of what a source states nothing about. */
    public static final Why UNSTATED = new Why(NOT_STATED, NOT_STATED, NOT_STATED);

    private static final Comparator<Why> ORDER =
            Comparator.comparing(Why::purpose).thenComparing(Why::gateway).thenComparing(Why::lawfulBasis);

    /** @throws IllegalArgumentException where one of them is no such code */
    public Why {
        boolean isKnown =
                PURPOSES.contains(purpose) && GATEWAYS.contains(gateway) && LAWFUL_BASES.contains(lawfulBasis);
        boolean isUntold = purpose.equals(NOT_TOLD) && gateway.equals(NOT_TOLD) && lawfulBasis.equals(NOT_TOLD);
        if (!isKnown && !isUntold) {
            throw new IllegalArgumentException("no such codes");
        }
    }

    public static Why of(Collection<Purpose> purposes, @Nullable Gateway gateway, @Nullable LawfulBasis lawfulBasis) {
        return new Why(purposeOf(purposes), codeOf(gateway), codeOf(lawfulBasis));
    }

    private static String purposeOf(Collection<Purpose> purposes) {
        return purposes.size() > 1
                ? SEVERAL
                : purposes.stream().map(Why::codeOf).findFirst().orElse(NOT_STATED);
    }

    private static String codeOf(@Nullable Code code) {
        return code == null ? NOT_STATED : code.code();
    }

    private static Set<String> codes(Code[] list, String... more) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(
                Stream.concat(Stream.of(list).map(Code::code), Stream.of(more)).toList()));
    }

    @Override
    public int compareTo(Why other) {
        return ORDER.compare(this, other);
    }
}
