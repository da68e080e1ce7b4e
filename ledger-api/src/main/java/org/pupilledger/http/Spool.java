package org.pupilledger.http;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.imports.CsvFile;

/**
 * A body on disk, however long it takes to come. Its file has no name: on POSIX systems it loses it as soon as it is open,
 * so nothing of it is left, whatever becomes of the program.
 */
public final class Spool implements CsvFile, AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final FileChannel file;

    private Spool(FileChannel file) {
        this.file = file;
    }

    /**
     * Reads a body to its end.
     *
     * @throws TooMuch it has more bytes than that
     */
    public static Spool receive(InputStream body, long most, Path directory) throws IOException {
        Path path = directory.resolve("import-" + UUID.randomUUID() + ".csv");
        Spool spool = new Spool(
                FileChannel.open(path, Set.of(CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE), PrivateFiles.FILE_MODE));
        try {
            spool.fill(body, most);
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private void fill(InputStream body, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            size += count;
            if (size > most) {
                throw TooMuch.body();
            }
            ByteBuffer from = ByteBuffer.wrap(buffer, 0, count);
            while (from.hasRemaining()) {
                file.write(from);
            }
        }
    }

    @Override
    public InputStream open() {
        return new InputStream() {
            private long at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                int count = file.read(ByteBuffer.wrap(to, offset, length), at);
                at += Math.max(count, 0);
                return count;
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
