package org.pupilledger.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The files in a bundle, which may hold anything. Nothing is read beyond a limit that the reader names. */
public final class Bundle implements Closeable {
    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    private final ZipFile zip;
    private final Map<String, ZipEntry> parts = new LinkedHashMap<>();
    private final Set<String> repeated = new LinkedHashSet<>();

    private Bundle(ZipFile zip) {
        this.zip = zip;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (parts.putIfAbsent(entry.getName(), entry) != null) {
                repeated.add(entry.getName());
            }
        }
    }

    /** The file is no bundle, or it cannot be read. */
    public static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /** Whether a file begins as a ZIP file does. */
    public static boolean isLike(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws Unreadable it is no ZIP file, or not a whole one */
    public static Bundle open(Path file) {
        try {
            return new Bundle(new ZipFile(file.toFile()));
        } catch (IOException | IllegalArgumentException e) {
            throw new Unreadable("The bundle is no ZIP file, or not a whole one.");
        }
    }

    /** The names, in their order, each once. */
    public Set<String> names() {
        return parts.keySet();
    }

    /** Names that more than one part has. */
    public Set<String> repeated() {
        return repeated;
    }

    public boolean has(String name) {
        return parts.containsKey(name);
    }

    /** The content of a part; null where there is none of that name, or it is longer or damaged. */
    public byte @Nullable [] read(String name, long maxBytes) {
        if (!parts.containsKey(name)) {
            return null;
        }
        try (InputStream in = stream(name)) {
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            return bytes.length > maxBytes ? null : bytes;
        } catch (IOException e) {
            return null;
        }
    }

    /** @throws IOException also where there is no such part */
    public InputStream stream(String name) throws IOException {
        ZipEntry part = parts.get(name);
        InputStream in = part == null ? null : zip.getInputStream(part);
        if (in == null) {
            throw new IOException("no such part");
        }
        return in;
    }

    /** What the bundle says that the CRC-32 of a part is; -1 where there is no such part. */
    public long crc(String name) {
        ZipEntry part = parts.get(name);
        return part == null ? -1 : part.getCrc();
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new IllegalStateException("what was only read can be closed", e);
        }
    }
}
