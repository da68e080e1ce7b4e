package org.pupilledger;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How often is tried what may go wrong by chance: every kind of it in each build, and more of each under
 * {@code mvn verify -Pthorough}.
 */
public final class Thorough {
    private static final boolean IS_ASKED_FOR = Boolean.getBoolean("test.thorough");

    private Thorough() {}

    /** Seeds from 1 on, of which a build that is not thorough takes the first. */
    public static LongStream seeds(long count) {
        return LongStream.rangeClosed(1, IS_ASKED_FOR ? count : 1);
    }

    /** All, of which a build that is not thorough takes the first. */
    public static <T> List<T> first(int few, List<T> all) {
        return all.subList(0, tries(few, all.size()));
    }

    /** @param few of many, for a build that is not thorough */
    public static int tries(int few, int many) {
        return IS_ASKED_FOR ? many : few;
    }
}
