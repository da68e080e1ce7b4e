package org.pupilledger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.terminal.WrongUse;

/**
 * Where the files of one edition are put. Every file appears whole, under its name. A directory that holds anything else
 * is left as it is; one that holds some of the same files, as an interrupted run leaves it, is completed.
 */
final class EditionDirectory {

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
        return name.endsWith(PrivateFiles.HALF)
                && files.containsKey(name.substring(0, name.length() - PrivateFiles.HALF.length()));
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
                Path whole = directory.resolve(file.getKey());
                if (!holds(whole, file.getValue())) {
                    PrivateFiles.replaceShared(whole, file.getValue());
                }
            }
            // also of those that were there already
            PrivateFiles.force(directory);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private WrongUse cannotWrite(IOException e) {
        return new WrongUse(directory + " cannot be written: " + e);
    }
}
