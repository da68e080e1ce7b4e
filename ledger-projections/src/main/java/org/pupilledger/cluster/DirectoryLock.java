package org.pupilledger.cluster;

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

/** Says that one process uses a data directory; the kernel releases it however that process ends. */
final class DirectoryLock implements AutoCloseable {

    /** A look by {@link #isHeld} takes the lock for less than this. */
    private static final Duration LOOK_TIME = Duration.ofMillis(50);

    private static final int ATTEMPTS = 3;

    /**
     * Directories that this JVM holds. POSIX drops all locks of a process on a file when it closes any descriptor of
     * it, so a file whose lock is held must not be opened again: this set, not the file, answers within one JVM.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Returns empty when somebody, possibly this JVM, holds the directory. */
    static Optional<DirectoryLock> tryLock(Path directory) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(directory)) {
                return Optional.empty();
            }
            FileChannel channel =
                    FileChannel.open(file(directory), Set.of(CREATE, READ, WRITE), PrivateFiles.FILE_MODE);
            for (int attempt = 1; channel.tryLock() == null; attempt++) {
                if (attempt == ATTEMPTS) {
                    channel.close();
                    return Optional.empty();
                }
                LockSupport.parkNanos(LOOK_TIME.toNanos());
            }
            HELD.add(directory);
            return Optional.of(new DirectoryLock(directory, channel));
        }
    }

    static boolean isHeld(Path directory) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(directory) || !Files.exists(file(directory))) {
                return HELD.contains(directory);
            }
            try (FileChannel channel = FileChannel.open(file(directory), READ)) {
                return channel.tryLock(0, Long.MAX_VALUE, true) == null;
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            channel.close();
            HELD.remove(directory);
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("ledger.lock");
    }
}
