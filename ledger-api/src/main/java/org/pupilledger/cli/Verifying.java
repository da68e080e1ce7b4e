package org.pupilledger.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.terminal.Findings;
import org.pupilledger.terminal.GivenFile;
import org.pupilledger.terminal.Pins;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Option;

/** Verifies what was made elsewhere or earlier, against keys and checkpoints that the caller has. */
abstract class Verifying extends Subcommand {
    @Option(names = "--origin", description = "the log's origin (default: the name of the key)")
    private @Nullable String origin;

    @Option(names = "--quiet", description = "no progress")
    private boolean isQuiet;

    /** @param keys as they were typed */
    final Pins pins(List<String> keys) {
        return new Pins(keys, origin, err());
    }

    /** Who is told of progress; null where nobody wants to be. */
    final @Nullable PrintWriter told() {
        return isQuiet ? null : err();
    }

    final Findings findings() {
        return new Findings(out(), err());
    }

    static boolean isCheckpoint(byte @Nullable [] note) {
        return Checkpoint.saidIn(note).isPresent();
    }

    /** The signed notes in files. */
    static List<byte[]> held(List<Path> checkpoints) {
        List<byte[]> held = new ArrayList<>();
        for (Path file : checkpoints) {
            byte[] note = GivenFile.read(file, SignedNote.MAX_BYTES, "The checkpoint");
            if (!isCheckpoint(note)) {
                throw new WrongUse("A file of --checkpoint holds no checkpoint.");
            }
            held.add(note);
        }
        return held;
    }
}
