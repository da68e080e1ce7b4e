package org.pupilledger.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;

/**
 * Writes the sealed log as files, under the paths of C2SP tlog-tiles: {@code checkpoint}, {@code tile/<L>/<N>[.p/<W>]} and,
 * where wanted, {@code tile/entries/<N>[.p/<W>]}; besides {@code key}, the keys that signed the checkpoint, one on a line.
 * The same checkpoint gives the same bytes.
 *
 * <p>Every file appears whole, under its name, and the checkpoint last: so whoever reads meanwhile finds a log that is
 * complete up to the checkpoint that is there. What an earlier export wrote is left as it is. Each hash and each entry is
 * compared with the checkpoint before it is written, so nothing goes out that was not signed.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
public final class LogExport {
    private static final String CHECKPOINT = "checkpoint";
    private static final String KEY = "key";
    private static final String TILE = "tile";
    private static final String ENTRIES = "entries";

    private final LogReader log;
    private final Path directory;
    private final boolean withEntries;
    private long files;

    /** The tile whose hashes the tiles that are being written have as roots. */
    private @Nullable Tile parent;

    private byte[] hashesOfParent = {};

    /** @param directory made where there is none; nobody else writes there */
    public LogExport(LogReader log, Path directory, boolean withEntries) {
        this.log = log;
        this.directory = directory;
        this.withEntries = withEntries;
    }

    /**
     * What is in the directory.
     *
     * @param size  entries that the checkpoint covers
     * @param files how many were written or replaced now
     */
    public record Written(String origin, long size, long files) {}

    /**
     * Writes all that a checkpoint covers, as far as it is not there yet.
     *
     * @throws Hindered nothing, or not all, was written, and the checkpoint stays as it was: the directory holds something else, it cannot be written, or the log is not what was signed
     */
    public Written write(Sealed sealed) {
        List<VerifierKey> keys = keys(sealed.size());
        Checkpoint checkpoint = open(sealed, keys);
        try {
            checkDirectory(checkpoint);
            Tile.ofTree(checkpoint.size()).forEach(tile -> writeTile(tile, checkpoint.size()));
            replace(directory.resolve(KEY), VerifierKey.lines(keys));
            replace(directory.resolve(CHECKPOINT), sealed.note());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        return new Written(checkpoint.origin(), checkpoint.size(), files);
    }

    /** The first key signs before it is introduced. */
    private List<VerifierKey> keys(long size) {
        List<VerifierKey> keys = log.keys(size);
        return keys.isEmpty() ? log.allKeys().stream().limit(1).toList() : keys;
    }

    private Checkpoint open(Sealed sealed, List<VerifierKey> keys) {
        Checkpoint checkpoint = keys.isEmpty()
                ? null
                : new LogVerifier(keys.getFirst().name(), keys)
                        .open(sealed.note())
                        .orElse(null);
        if (checkpoint == null
                || checkpoint.size() != sealed.size()
                || !Arrays.equals(log.tree(checkpoint.size()).root(), checkpoint.root())) {
            throw damaged();
        }
        return checkpoint;
    }

    private static Hindered damaged() {
        return new Hindered(
                "The ledger is not what its checkpoint says, so it is not exported. Run the command verify to"
                        + " see where.");
    }

    private void checkDirectory(Checkpoint checkpoint) throws IOException {
        Optional<Checkpoint> earlier = earlier();
        if (earlier.isPresent()) {
            checkGrowth(earlier.get(), checkpoint);
        } else if (holdsSomethingElse()) {
            throw new Hindered(directory + " holds something else. Give an empty directory.");
        }
        if (!withEntries && Files.exists(directory.resolve(TILE).resolve(ENTRIES))) {
            throw new Hindered(directory + " holds the entries of an earlier export, which would be incomplete. Give"
                    + " --entries too, or another directory.");
        }
    }

    /** An export that was interrupted has left tiles, and perhaps the keys. */
    private boolean holdsSomethingElse() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Files.exists(directory);
        }
        boolean hasTiles = Files.isDirectory(directory.resolve(TILE), LinkOption.NOFOLLOW_LINKS);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName() + "")
                    .anyMatch(name -> !hasTiles || !(name.equals(TILE) || name.startsWith(KEY)));
        }
    }

    private Optional<Checkpoint> earlier() throws IOException {
        Path file = directory.resolve(CHECKPOINT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<Checkpoint> earlier = Files.size(file) > SignedNote.MAX_BYTES
                ? Optional.empty()
                : Checkpoint.saidIn(Files.readAllBytes(file));
        if (earlier.isEmpty()) {
            throw new Hindered(file + " is no checkpoint. Give the directory of an earlier export, or an empty one.");
        }
        return earlier;
    }

    private void checkGrowth(Checkpoint earlier, Checkpoint checkpoint) {
        if (!earlier.origin().equals(checkpoint.origin())) {
            throw new Hindered(directory + " holds the export of another log, " + earlier.origin() + ", not of "
                    + checkpoint.origin() + ". Give another directory.");
        }
        if (earlier.size() > checkpoint.size()) {
            throw new Hindered(directory + " holds an export of " + earlier.size() + " entries, more than the "
                    + checkpoint.size() + " of this checkpoint. Give another directory; where the newest checkpoint is"
                    + " meant, the ledger was put back to an older state: run verify --checkpoint with the one there.");
        }
        if (!Arrays.equals(log.tree(earlier.size()).root(), earlier.root())) {
            throw new Hindered(
                    directory + " holds a checkpoint of " + earlier.size() + " entries that this ledger does not"
                            + " begin with. Keep it: it is evidence. Run verify --checkpoint with it, and give another directory.");
        }
    }

    private void writeTile(Tile tile, long size) {
        byte[] hashes = log.tile(tile, size).orElseThrow(LogExport::damaged);
        if (!isInParent(tile, hashes, size)) {
            throw damaged();
        }
        write(tile.path(), hashes);
        if (withEntries && tile.level() == 0) {
            write(EntryBundle.path(tile.number(), tile.width()), bundle(tile, hashes, size));
        }
    }

    /** A partial tile is in the root itself, which was compared; a full one is a hash of the tile above it. */
    private boolean isInParent(Tile tile, byte[] hashes, long size) {
        if (tile.width() < Tile.WIDTH) {
            return true;
        }
        Tile needed = Tile.of(tile.level() + 1, tile.number() / Tile.WIDTH, size);
        if (!needed.equals(parent)) {
            hashesOfParent = log.tile(needed, size).orElseThrow(LogExport::damaged);
            parent = needed;
        }
        return Arrays.equals(TreeHash.ofTile(hashes), hash(hashesOfParent, (int) (tile.number() % Tile.WIDTH)));
    }

    private static byte[] hash(byte[] hashes, int index) {
        return Arrays.copyOfRange(hashes, index * TreeHash.BYTES, (index + 1) * TreeHash.BYTES);
    }

    private byte[] bundle(Tile tile, byte[] hashes, long size) {
        byte[] bundle = log.entries(tile, size).orElseThrow(LogExport::damaged);
        List<byte[]> entries = EntryBundle.decode(bundle).orElseThrow(LogExport::damaged);
        for (int i = 0; i < entries.size(); i++) {
            if (!Arrays.equals(TreeHash.ofLeaf(entries.get(i)), hash(hashes, i))) {
                throw damaged();
            }
        }
        return bundle;
    }

    private void write(String path, byte[] content) {
        try {
            replace(directory.resolve(TILE).resolve(path), content);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private Hindered cannotWrite(IOException e) {
        return new Hindered(directory + " cannot be written: " + e);
    }

    /** Readable for whom the user's umask lets, unlike what the program keeps for itself. */
    private void replace(Path file, byte[] content) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        PrivateFiles.replaceShared(file, content);
        files++;
    }
}
