package org.pupilledger.cluster;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;
import org.tukaani.xz.XZInputStream;

/** Unpacks PostgreSQL from the jar on the class path. */
final class Binaries {

    /** Of the jars on the class path; names the directory, so that a new version is unpacked beside an old one. */
    static final String VERSION = "18.6.0";

    private static final int OWNER_MAY_EXECUTE = 0100;

    private Binaries() {}

    /** Unpacks into {@code parent/postgres-<version>} unless that was done before. */
    static Programs unpackedBelow(Path parent) throws IOException {
        Path whole = parent.resolve("postgres-" + VERSION);
        if (!Files.isDirectory(whole)) {
            unpackOnce(parent, whole);
        }
        return new Programs(whole);
    }

    private static synchronized void unpackOnce(Path parent, Path whole) throws IOException {
        Path lockFile = parent.resolve("unpack.lock");
        try (FileChannel channel = FileChannel.open(lockFile, Set.of(CREATE, WRITE), PrivateFiles.FILE_MODE);
                var _ = channel.lock()) {
            if (Files.isDirectory(whole)) {
                return;
            }
            Path half = parent.resolve(whole.getFileName() + ".half");
            PrivateFiles.deleteTree(half);
            Files.createDirectory(half, PrivateFiles.DIRECTORY_MODE);
            try (InputStream packed = packed(system(), hardware());
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
                unpack(tar, half);
            }
            PrivateFiles.moveInto(half, whole);
        }
    }

    /** @throws Hindered where this program was packaged without those for the system */
    static InputStream packed(String system, String hardware) throws IOException {
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, hardware);
        } catch (IllegalStateException e) {
            throw new Hindered("This program brings no PostgreSQL for " + system + " on " + hardware
                    + ". Package it there, or configure a database of your own.");
        }
    }

    private static void unpack(TarArchiveInputStream tar, Path root) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = root.resolve(entry.getName()).normalize();
            if (!target.startsWith(root)) {
                throw new IOException("the archive of PostgreSQL points outside itself");
            }
            Files.createDirectories(target.resolveSibling(""), PrivateFiles.DIRECTORY_MODE);
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else if (entry.isDirectory()) {
                Files.createDirectories(target, PrivateFiles.DIRECTORY_MODE);
            } else {
                writeFile(tar, entry, target);
            }
        }
    }

    /** Forced to the disk: the rename that follows must not survive a power cut without the bytes. */
    private static void writeFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        boolean program = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
        var mode = program ? PrivateFiles.PROGRAM_MODE : PrivateFiles.FILE_MODE;
        try (FileChannel file = FileChannel.open(target, Set.of(CREATE_NEW, WRITE), mode)) {
            tar.transferTo(Channels.newOutputStream(file));
            file.force(true);
        }
    }

    private static String system() {
        return System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    }

    private static String hardware() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }
}
