package org.pupilledger.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command is given. */
public final class GivenFile {
    private GivenFile() {}

    /**
     * All of it.
     *
     * @param what what it should be, the beginning of a sentence
     * @throws WrongUse it cannot be read, or is longer; naming it, and why
     */
    public static byte[] read(Path file, int maxBytes, String what) {
        check(file, what);
        try {
            if (Files.size(file) > maxBytes) {
                throw new WrongUse(what + " " + file + " is longer than " + maxBytes + " bytes.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new WrongUse(
                    what + " " + file + " cannot be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    /** @throws WrongUse it cannot be read; naming it, and why */
    public static void check(Path file, String what) {
        String why = !Files.exists(file)
                ? "there is no such file, or this user may not look there"
                : Files.isDirectory(file)
                        ? "it is a directory"
                        : !Files.isRegularFile(file)
                                ? "it is no file"
                                : !Files.isReadable(file) ? "this user may not read it" : "";
        if (!why.isEmpty()) {
            throw new WrongUse(what + " " + file + " cannot be read: " + why + ".");
        }
    }
}
