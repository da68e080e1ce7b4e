package org.pupilledger.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.pupilledger.zip.StoredZip;

/** A bundle taken apart, to be changed and put together again as the program does. */
final class Parts {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(String name, byte[] content) {}

    private final List<Part> parts;

    private Parts(List<Part> parts) {
        this.parts = parts;
    }

    static Parts of(byte[] bundle) {
        List<Part> parts = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.add(new Part(entry.getName(), zip.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Parts(parts);
    }

    private int indexOf(String name) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name);
    }

    List<String> names() {
        return parts.stream().map(Part::name).toList();
    }

    byte[] content(String name) {
        return parts.get(indexOf(name)).content();
    }

    String text(String name) {
        return new String(content(name), StandardCharsets.UTF_8);
    }

    Parts with(String name, byte[] content) {
        List<Part> changed = new ArrayList<>(parts);
        changed.set(indexOf(name), new Part(name, content));
        return new Parts(changed);
    }

    Parts with(String name, UnaryOperator<String> change) {
        String was = text(name);
        String now = change.apply(was);
        if (was.equals(now)) {
            throw new IllegalArgumentException("nothing is changed in " + name);
        }
        return with(name, now.getBytes(StandardCharsets.UTF_8));
    }

    Parts with(String name, int at) {
        byte[] content = content(name).clone();
        content[at] ^= 1;
        return with(name, content);
    }

    Parts without(String name) {
        List<Part> fewer = new ArrayList<>(parts);
        fewer.remove(indexOf(name));
        return new Parts(fewer);
    }

    Parts and(String name, byte[] content) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(name, content));
        return new Parts(more);
    }

    Parts exchanged(String one, String other) {
        List<Part> changed = new ArrayList<>(parts);
        Part first = parts.get(indexOf(one));
        changed.set(indexOf(one), parts.get(indexOf(other)));
        changed.set(indexOf(other), first);
        return new Parts(changed);
    }

    /** The lines of the first file of entries. */
    List<String> lines() {
        return new ArrayList<>(text("entries/000.jsonl").lines().toList());
    }

    Parts withLines(List<String> lines) {
        return with("entries/000.jsonl", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Two names of the same length become one. */
    byte[] packed(String name, String sameName) {
        byte[] packed = packed();
        byte[] from = name.getBytes(StandardCharsets.UTF_8);
        byte[] to = sameName.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at + from.length <= packed.length; at++) {
            if (Arrays.equals(packed, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, packed, at, to.length);
            }
        }
        return packed;
    }

    byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StoredZip zip = new StoredZip(bytes)) {
            for (Part part : parts) {
                zip.put(part.name(), part.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path in(Path directory) {
        return write(directory, packed());
    }

    static Path write(Path directory, byte[] bytes) {
        try {
            return Files.write(Objects.requireNonNull(directory).resolve("changed.zip"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
