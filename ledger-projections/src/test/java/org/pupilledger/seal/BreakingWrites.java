package org.pupilledger.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes to the disk until one write fails: before it is done, when half of it is, or after. */
final class BreakingWrites implements DurableWrites {
    enum Moment {
        BEFORE,
        HALFWAY,
        AFTER
    }

    private final int brokenWrite;
    private final Moment moment;
    private int writes;

    BreakingWrites(int brokenWrite, Moment moment) {
        this.brokenWrite = brokenWrite;
        this.moment = moment;
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        // half of a file that takes another's place is never seen
        boolean isBroken = isBroken();
        if (isBroken && moment != Moment.AFTER) {
            throw new IOException("no");
        }
        DISK.replace(file, content);
        fail(isBroken);
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        boolean isBroken = isBroken();
        if (isBroken && moment == Moment.HALFWAY) {
            DISK.append(file, Arrays.copyOf(content, content.length / 2));
        }
        if (isBroken && moment != Moment.AFTER) {
            throw new IOException("no");
        }
        DISK.append(file, content);
        fail(isBroken);
    }

    private boolean isBroken() {
        writes++;
        return writes == brokenWrite;
    }

    private static void fail(boolean isBroken) throws IOException {
        if (isBroken) {
            throw new IOException("yes, but");
        }
    }
}
