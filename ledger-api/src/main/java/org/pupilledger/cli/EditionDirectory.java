package org.pupilledger.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of one edition are put. Every file appears whole, under its name. A directory that holds anything else
 * is left as it is; one that holds some of the same files, as an interrupted run leaves it, is completed.
 */
final class EditionDirectory {
    private static final String HALF = ".half";

    private final Path directory;

    EditionDirectory(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    private void check(Map<String, byte[]> files) {
        try {
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !holdsOnly(files)) {
                throw new WrongUse(directory + " holds something else. Give an empty directory, or a new one.");
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private boolean holdsOnly(Map<String, byte[]> files) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> found = Files.list(directory)) {
            for (Path file : found.toList()) {
                String name = String.valueOf(file.getFileName());
                if (!isHalf(name, files) && !holds(file, files.get(name))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isHalf(String name, Map<String, byte[]> files) {
        return name.endsWith(HALF) && files.containsKey(name.substring(0, name.length() - HALF.length()));
    }

    private static boolean holds(Path file, byte @Nullable [] content) throws IOException {
        return content != null
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }

    /**
     * Returns once they are all there, also after a power cut.
     *
     * @param files content by name
     * @throws WrongUse the directory holds anything else, or cannot be written
     */
    void write(Map<String, byte[]> files) {
        check(files);
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(directory.resolve(file.getKey()), file.getValue());
            }
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (holds(file, content)) {
            return;
        }
        Path half = file.resolveSibling(file.getFileName() + HALF);
        Files.deleteIfExists(half);
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private WrongUse cannotWrite(IOException e) {
        return new WrongUse(directory + " cannot be written: " + e);
    }
}
