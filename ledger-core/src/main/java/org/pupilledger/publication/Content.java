package org.pupilledger.publication;

import java.util.List;
import java.util.Optional;
import org.pupilledger.digest.Sha256;

/**
 * What an edition says, fixed to the byte.
 *
 * @param position   newest entry whose facts are in it
 * @param checkpoint the tree of the log that covers that entry
 * @param rules      version of the rules by which the files follow from the entries
 * @param profile    how the figures are guarded against disclosure
 * @param figures    of the monthly figures behind the tables, as the ledger keeps them
 * @param files      in the order in which they are offered, at least one
 */
public record Content(
        long position, TreeHead checkpoint, String rules, Profile profile, Sha256 figures, List<PublishedFile> files) {
    /** How the names of files end that hold one table each. */
    private static final String TABLE = ".csv";

    /**
     * The tree of a checkpoint.
     *
     * @param size     entries it covers
     * @param rootHash 32 bytes in base64
     * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>
     */
    public record TreeHead(long size, String rootHash) {}

    public Content {
        files = List.copyOf(files);
        if (position < 0 || checkpoint.size() <= position || files.isEmpty()) {
            throw new IllegalArgumentException("not the content of an edition");
        }
    }

    /**
     * Whether the figures and all tables are the same to the byte. The other files differ in any case, since they name the
     * revision and its position.
     */
    boolean showsTheSameAs(Content other) {
        return figures.equals(other.figures) && tables().equals(other.tables());
    }

    /** A file by its name. */
    public Optional<PublishedFile> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private List<PublishedFile> tables() {
        return files.stream().filter(file -> file.name().endsWith(TABLE)).toList();
    }
}
