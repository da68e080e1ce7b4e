package org.pupilledger.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Says that one process uses what a file stands for, and no other may; the kernel releases it however that process ends.
 */
public final class FileHold implements AutoCloseable {

    /** A look by {@link #isHeld} takes the lock for less than this. */
    private static final Duration LOOK_TIME = Duration.ofMillis(50);

    private static final int ATTEMPTS = 3;

    /**
     * Files that this JVM holds. POSIX drops all locks of a process on a file when it closes any descriptor of
     * it, so a file whose lock is held must not be opened again: this set, not the file, answers within one JVM.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private FileHold(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Holds a file, which is made where there is none.
     *
     * @return empty when somebody, possibly this JVM, holds it
     */
    public static Optional<FileHold> tryHold(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, Set.of(CREATE, READ, WRITE), PrivateFiles.FILE_MODE);
            for (int attempt = 1; channel.tryLock() == null; attempt++) {
                if (attempt == ATTEMPTS) {
                    channel.close();
                    return Optional.empty();
                }
                LockSupport.parkNanos(LOOK_TIME.toNanos());
            }
            HELD.add(file);
            return Optional.of(new FileHold(file, channel));
        }
    }

    /** True where some process, possibly this one, holds the file. */
    public static boolean isHeld(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file) || !Files.exists(file)) {
                return HELD.contains(file);
            }
            try (FileChannel channel = FileChannel.open(file, READ)) {
                return channel.tryLock(0, Long.MAX_VALUE, true) == null;
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            channel.close();
            HELD.remove(file);
        }
    }
}
