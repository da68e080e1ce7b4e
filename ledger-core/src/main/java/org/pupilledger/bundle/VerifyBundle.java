package org.pupilledger.bundle;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.verdict.Break;

/**
 * The standalone verifier of audit bundles: {@code java -jar ledger-verifier.jar [--key VKEY|FILE]... [--origin ORIGIN]
 * [--checkpoint FILE]... BUNDLE [LATER]}. Exit code 0: verified; 1: not as signed, each break on a line; 2: wrong use, or it
 * cannot be read; 3: verified, but by a key that only the bundle holds.
 */
public final class VerifyBundle {
    /** What is said last where the key comes from the bundle itself. */
    public static final String UNVOUCHED =
            "not proved: whose log it is. Nothing outside what was verified vouches for the"
                    + " key: give the one that you noted elsewhere with --key.";

    private static final int VERIFIED = 0;
    private static final int FINDING = 1;
    private static final int WRONG_USE = 2;
    private static final int BY_ITS_OWN_KEY = 3;
    private static final int MAX_KEY_BYTES = 1 << 16;

    private static final String USAGE = """
            Usage: java -jar ledger-verifier.jar [--key VKEY|FILE]... [--origin ORIGIN]
                       [--checkpoint FILE]... BUNDLE [LATER]
            Verify an audit bundle of the pupil-matching ledger: its signature, its tree, every entry
            that it gives, and each figure of its edition. With a bundle of a later edition, also
            whether anything was kept back.
                --key VKEY|FILE    a verifier key to believe, or a file with some, one on a line
                                   (default: the key in the bundle, which proves nothing about whose
                                   log it is)
                --origin ORIGIN    the log's origin (default: the name of the key)
                --checkpoint FILE  an older checkpoint that you hold, which must still be true
            Exit codes: 0 verified; 1 not as it was signed, each break is named; 2 wrong use, or it
            cannot be read; 3 verified, but nothing outside the bundle vouches for the key.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final List<VerifierKey> keys = new ArrayList<>();
    private final List<byte[]> held = new ArrayList<>();
    private final List<Path> bundles = new ArrayList<>();
    private @Nullable String origin;

    private VerifyBundle(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    private static final class Misused extends RuntimeException {
        Misused(String message) {
            super(message, null, false, false);
        }
    }

    /** Ends the program with the exit code. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    /** @return the exit code */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(USAGE);
            return VERIFIED;
        }
        try {
            VerifyBundle program = new VerifyBundle(out, err);
            program.read(arguments);
            return program.verify();
        } catch (Misused e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return WRONG_USE;
        } catch (Bundle.Unreadable e) {
            err.println(e.getMessage());
            return WRONG_USE;
        } catch (OutOfMemoryError e) {
            err.println(Bundle.Unreadable.NO_MEMORY);
            return WRONG_USE;
        } catch (RuntimeException e) {
            // else the machine would end with the exit code of a finding
            err.println("The bundle cannot be read (" + e.getClass().getSimpleName() + ").");
            return WRONG_USE;
        }
    }

    private void read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                bundles.add(file(argument, "A bundle"));
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 && i + 1 >= arguments.size()) {
                throw new Misused("An option lacks its value.");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            switch (name) {
                case "--key" -> addKey(value);
                case "--origin" -> origin = value;
                case "--checkpoint" -> addCheckpoint(value);
                default -> throw new Misused("There is no such option.");
            }
        }
        if (bundles.isEmpty() || bundles.size() > 2) {
            throw new Misused("Name one bundle, or two, the earlier one first.");
        }
    }

    private void addCheckpoint(String value) {
        byte[] note = content(file(value, "A checkpoint"), SignedNote.MAX_BYTES, "A checkpoint");
        if (Checkpoint.saidIn(note).isEmpty()) {
            throw new Misused("A file of --checkpoint holds no checkpoint.");
        }
        held.add(note);
    }

    private void addKey(String value) {
        Optional<VerifierKey> key = VerifierKey.parse(value);
        if (key.isPresent()) {
            keys.add(key.get());
            return;
        }
        List<VerifierKey> inFile = VerifierKey.inLines(content(file(value, "--key"), MAX_KEY_BYTES, "--key"));
        if (inFile.isEmpty()) {
            throw new Misused("--key is neither a verifier key nor a file that holds some, one on a line.");
        }
        keys.addAll(inFile);
    }

    private static Path file(String name, String what) {
        try {
            Path file = Path.of(name);
            String why = !Files.exists(file)
                    ? "there is no such file, or this user may not look there"
                    : Files.isDirectory(file)
                            ? "it is a directory"
                            : !Files.isReadable(file) ? "this user may not read it" : "";
            if (why.isEmpty()) {
                return file;
            }
            throw new Misused(what + " " + file + " cannot be read: " + why + ".");
        } catch (InvalidPathException e) {
            throw new Misused(what + " is no file.");
        }
    }

    private static byte[] content(Path file, int maxBytes, String what) {
        try {
            if (Files.size(file) > maxBytes) {
                throw new Misused(what + " is longer than " + maxBytes + " bytes.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Misused(what + " cannot be read.");
        }
    }

    private LogVerifier pinned() {
        List<VerifierKey> believed = keys;
        if (keys.isEmpty()) {
            believed = BundleVerification.keysIn(bundles.getFirst());
            if (believed.isEmpty()) {
                throw new Misused("The bundle has no key. Give the key of the log with --key.");
            }
            err.println("No key is given, so the one in the bundle is believed. That proves that the bundle is whole,"
                    + " not whose log it is: give the key that you noted elsewhere with --key.");
        }
        try {
            return new LogVerifier(origin == null ? believed.getFirst().name() : origin, believed);
        } catch (IllegalArgumentException e) {
            throw new Misused("The origin is no line of text, or two keys cannot be told apart.");
        }
    }

    private int verify() {
        VerifiedBundles found = VerifiedBundles.of(bundles, pinned(), held);
        if (!found.breaks().isEmpty()) {
            boolean isOne = bundles.size() == 1 || found.isOfBoth();
            print(found.breaks(), isOne ? "" : found.number() == 1 ? "1st bundle: " : "2nd bundle: ");
            return FINDING;
        }
        found.verified().forEach(line -> out.println("verified: " + line));
        if (keys.isEmpty()) {
            out.println(UNVOUCHED);
            return BY_ITS_OWN_KEY;
        }
        return VERIFIED;
    }

    private void print(List<Break> breaks, String prefix) {
        for (Break found : breaks) {
            out.println(new Break(found.kind(), found.position(), prefix + found.sentence()).line());
        }
        if (breaks.size() == BundleReport.MAX_BREAKS) {
            err.println("There may be more: no more than " + BundleReport.MAX_BREAKS + " are listed.");
        }
    }
}
