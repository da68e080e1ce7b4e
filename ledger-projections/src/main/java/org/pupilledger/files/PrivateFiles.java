package org.pupilledger.files;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Files that only their owner may read, from the moment they exist, and that outlive a power cut. */
public final class PrivateFiles {

    public static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-------");
    public static final FileAttribute<Set<PosixFilePermission>> PROGRAM_MODE = mode("rwx------");
    public static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE = mode("rwx------");

    /** Behind the name of a file that is being written. */
    public static final String HALF = ".half";

    private static final int BUFFER = 1 << 16;

    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;

    private static final JsonMapper JSON = new JsonMapper();

    private PrivateFiles() {}

    /** Returns the directory's real path, so that two names of one directory are one. */
    public static Path createDirectories(Path directory) throws IOException {
        return Files.isDirectory(directory)
                ? directory.toRealPath()
                : Files.createDirectories(directory, DIRECTORY_MODE).toRealPath();
    }

    /** As above, where it is missing, of the directory that a file is to be in. */
    public static void createDirectoryOf(Path file) throws IOException {
        Path _ = createDirectories(file.toAbsolutePath().resolveSibling(""));
    }

    /**
     * The directory, or the nearest of those that it is in, that somebody else may put files into or take them away
     * from: its group or others, and of those that it is in others only, unless only owners may remove what is theirs
     * (sticky). Empty where there is none.
     */
    public static Optional<Path> writableByOthers(Path directory) throws IOException {
        for (Path place = directory.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.isDirectory(place)
                    && place.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                int mode = (int) Files.getAttribute(place, "unix:mode");
                boolean isOpen = place.equals(directory.toAbsolutePath())
                        ? (mode & (GROUP_WRITES | OTHERS_WRITE)) != 0
                        : (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
                if (isOpen) {
                    return Optional.of(place);
                }
            }
        }
        return Optional.empty();
    }

    /** A reader finds the old text or the new one, also after a power cut. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, new FileAttribute<?>[] {FILE_MODE});
    }

    /** The same of a file that is no secret: others may read it as far as the user's umask lets them. */
    public static void replaceShared(Path file, byte[] content) throws IOException {
        replace(file, content, new FileAttribute<?>[0]);
    }

    private static void replace(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + HALF);
        Files.deleteIfExists(half);
        append(Files.createFile(half, attributes), content);
        moveInto(half, file);
    }

    /**
     * A reader finds no file or the whole one, also after a power cut.
     *
     * @throws FileAlreadyExistsException where there is one already, which is left as it is, whoever made it meanwhile
     */
    public static void create(Path file, byte[] content) throws IOException {
        create(file, to -> to.write(content));
    }

    /** What is written to a file, piece by piece. */
    public interface Content {
        void writeTo(OutputStream to) throws IOException;
    }

    /** The same, for what is too long to be held in memory. Where writing it fails, nothing is left of it. */
    public static void create(Path file, Content content) throws IOException {
        createWhole(file, half -> write(half, content), FILE_MODE);
    }

    /** What is written, all of it, to a file that is there and that nobody reads yet. */
    public interface Filling {
        void fill(Path half) throws IOException;
    }

    /** The same of a file that is no secret: others may read it as far as the user's umask lets them. */
    public static void createShared(Path file, Filling filling) throws IOException {
        createWhole(file, filling, new FileAttribute<?>[0]);
    }

    private static void createWhole(Path file, Filling filling, FileAttribute<?>... attributes) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        // a name of its own, since two programs may be at it
        Path half = file.resolveSibling(file.getFileName() + HALF + "-" + UUID.randomUUID());
        Files.createFile(half, attributes);
        try {
            filling.fill(half);
            force(half);
            // unlike a move, this fails where the name is taken
            Files.createLink(file, half);
        } finally {
            Files.delete(half);
        }
        force(file.resolveSibling(""));
    }

    /** Writes a file, piece by piece, over what it holds. */
    public static void write(Path file, Content content) throws IOException {
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            content.writeTo(to);
        }
    }

    /** Returns once the file ends with this, also after a power cut. */
    public static void append(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, APPEND)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    public static void replaceJson(Path file, Object content) throws IOException {
        replace(file, JSON.writeValueAsBytes(content));
    }

    public static <T> T readJson(Path file, Class<T> type) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            // Neither its message nor its cause: they may quote a password.
            throw new IOException(file + " is damaged");
        }
    }

    /** Gives a finished file or directory its name, durably. */
    public static void moveInto(Path half, Path whole) throws IOException {
        Files.move(half, whole, ATOMIC_MOVE);
        force(whole.resolveSibling(""));
    }

    /** Waits until a file, or the names in a directory, are on the disk. */
    public static void force(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, READ)) {
            channel.force(true);
        }
    }

    public static List<Path> list(Path directory, String prefix) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> String.valueOf(entry.getFileName()).startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }

    /** The end of a text file, at most {@code maxBytes} of it; empty when there is no such file. */
    public static String tail(Path file, int maxBytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        // Unlike a channel it works in a thread that was interrupted.
        try (RandomAccessFile text = new RandomAccessFile(file.toFile(), "r")) {
            text.seek(Math.max(0, text.length() - maxBytes));
            byte[] end = new byte[maxBytes];
            int count = Math.max(0, text.read(end));
            return new String(end, 0, count, StandardCharsets.UTF_8).strip();
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
