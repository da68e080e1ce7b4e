package org.pupilledger.publishing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.bundle.BundleHead;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.bundle.BundleReadme;
import org.pupilledger.bundle.BundleVerification;
import org.pupilledger.bundle.Variant;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.PublicPart;
import org.pupilledger.editions.Releases;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.failure.Damaged;
import org.pupilledger.failure.NotYet;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.zip.StoredZip;

/**
 * Writes audit bundles. A release and a variant give the same bytes for ever: the checkpoint is the smallest that covers
 * the release, and nothing in the file depends on clock, machine or locale. Memory stays constant whatever the number of
 * entries; of the public variant the month of each request is kept.
 */
public final class BundleWriter {

    private final LogReader log;
    private final EntrySequence entries;
    private final Releases releases;
    private final EditionBuilder builder;
    private final PublishedFiles files;

    public BundleWriter(
            LogReader log, EntrySequence entries, Releases releases, EditionBuilder builder, PublishedFiles files) {
        this.log = log;
        this.entries = entries;
        this.releases = releases;
        this.builder = builder;
        this.files = files;
    }

    /** The ledger is not what was signed, or files of the edition are gone, so nothing goes out. */
    private static Damaged damaged() {
        return new Damaged(
                "The ledger is not what its checkpoint says, or the files of the edition are damaged. Run the command"
                        + " verify to see where.");
    }

    /**
     * A bundle that can be written: what is cheap to find out, is.
     *
     * @param tag names its content: the same for the same bytes, and for no others
     */
    public record Prepared(
            BundleHead head,
            String tag,
            Sealed sealed,
            EditionState edition,
            Revision revision,
            @Nullable PublicPart open) {
        /** {@code pupil-ledger-2023-Q3.1-audit.zip} */
        public String fileName() {
            return "pupil-ledger-" + head.edition() + "." + head.revision() + "-"
                    + head.variant().name().toLowerCase(Locale.ROOT) + ".zip";
        }
    }

    /**
     * Prepares the bundle of a release.
     *
     * @param number of the revision, released
     * @throws NotYet               its release is not sealed yet
     * @throws NotYet the public variant cannot be made yet
     * @throws Damaged                 the ledger is not what was signed
     */
    public Prepared prepare(State<EditionState> edition, int number, Variant variant) {
        Revision revision = edition.state().revision(number).orElseThrow();
        long released = edition.stamps().get((int) revision.sequence()).position();
        Sealed sealed = log.covering(released)
                .orElseThrow(() -> new NotYet(NotYet.What.SEALED, "The release is not sealed yet."));
        Checkpoint checkpoint = sealed.checkpoint().orElseThrow(BundleWriter::damaged);
        PublicPart open = switch (variant) {
            case AUDIT -> null;
            case PUBLIC -> PublicPart.of(releases, released, entries);
        };
        BundleHead head = new BundleHead(
                edition.state().quarter(),
                checkpoint.size(),
                checkpoint.origin(),
                revision.content().position(),
                number,
                revision.content().rules(),
                variant);
        String tag = Sha256.of(head.bytes(), checkpoint.text().getBytes(StandardCharsets.UTF_8))
                .hex();
        return new Prepared(head, tag, sealed, edition.state(), revision, open);
    }

    /**
     * Writes it; once for each that was prepared.
     *
     * @throws Damaged     the ledger is not what was signed; then the file is not whole
     * @throws IOException it cannot be written
     */
    public void write(Prepared prepared, OutputStream to) throws IOException {
        long size = prepared.sealed().size();
        List<VerifierKey> keys = keys(size);
        checkSigned(prepared.sealed(), keys);
        // ends the ZIP file only where all is in it: what is cut off cannot be mistaken for whole
        StoredZip zip = new StoredZip(to);
        zip.put(BundleLayout.README, BundleReadme.of(prepared.head()));
        zip.put(BundleLayout.HEAD, prepared.head().bytes());
        zip.put(BundleLayout.CHECKPOINT, prepared.sealed().note());
        zip.put(BundleLayout.KEY, VerifierKey.lines(keys));
        for (Tile tile : (Iterable<Tile>) Tile.ofTree(size)::iterator) {
            zip.put(BundleLayout.tile(tile), log.tile(tile, size).orElseThrow(BundleWriter::damaged));
        }
        for (long part = 0; part < BundleLayout.parts(size); part++) {
            zip.put(BundleLayout.entries(part), entries(part, size, prepared.open()));
        }
        for (PublishedFile file : prepared.revision().content().files()) {
            zip.put(
                    BundleLayout.EDITION + file.name(),
                    builder.file(prepared.edition(), prepared.revision(), file.name())
                            .orElseThrow(BundleWriter::damaged));
        }
        zip.put(BundleLayout.FIGURES, figures(prepared));
        zip.close();
    }

    /**
     * Writes it to a file that nobody reads yet. The public variant is verified before it is handed out: where anything in
     * the edition does not follow from what is public, there is none.
     *
     * @throws NotYet the file is not to be used
     * @throws Damaged                 neither then
     * @throws IOException             it cannot be written
     */
    public void write(Prepared prepared, Path file) throws IOException {
        PrivateFiles.write(file, to -> write(prepared, to));
        if (prepared.head().variant() == Variant.PUBLIC && !isVerified(prepared, file)) {
            throw PublicPart.notPublicYet();
        }
    }

    private boolean isVerified(Prepared prepared, Path file) {
        LogVerifier own =
                new LogVerifier(prepared.head().origin(), keys(prepared.sealed().size()));
        try (BundleVerification verification = new BundleVerification(file, own)) {
            return verification.run().isClean();
        }
    }

    /** The first key signs before it is introduced. */
    private List<VerifierKey> keys(long size) {
        List<VerifierKey> keys = log.keys(size);
        return keys.isEmpty() ? log.allKeys().stream().limit(1).toList() : keys;
    }

    private void checkSigned(Sealed sealed, List<VerifierKey> keys) {
        Optional<Checkpoint> opened = keys.isEmpty()
                ? Optional.empty()
                : new LogVerifier(keys.getFirst().name(), keys).open(sealed.note());
        boolean isRight = opened.filter(
                        checkpoint -> Arrays.equals(log.tree(checkpoint.size()).root(), checkpoint.root()))
                .isPresent();
        if (!isRight) {
            throw damaged();
        }
    }

    private byte[] entries(long part, long size, @Nullable PublicPart open) {
        long first = part * BundleLayout.LINES;
        long end = Math.min(size, first + BundleLayout.LINES);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        long position = first;
        byte[] hashes = {};
        for (byte[] entry : log.entries(first, end)) {
            int index = (int) (position % Tile.WIDTH);
            if (index == 0) {
                int width = (int) Math.min(Tile.WIDTH, size - position);
                hashes = log.tile(new Tile(0, position / Tile.WIDTH, width), size)
                        .orElseThrow(BundleWriter::damaged);
            }
            int at = index * TreeHash.BYTES;
            if (!Arrays.equals(TreeHash.ofLeaf(entry), Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES))) {
                throw damaged();
            }
            boolean isShown = open == null || open.isOpen(position, entry);
            lines.writeBytes(isShown ? entry : BundleLayout.HIDDEN.getBytes(StandardCharsets.US_ASCII));
            lines.write('\n');
            position++;
        }
        return lines.toByteArray();
    }

    private byte[] figures(Prepared prepared) {
        return files.get(prepared.revision().content().figures())
                .orElseGet(() -> builder.frozen(prepared.edition(), prepared.revision()));
    }
}
