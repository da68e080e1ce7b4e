package org.pupilledger.bundle;

import java.nio.charset.StandardCharsets;

/** What a bundle tells a stranger. The same bundle has the same text. */
public final class BundleReadme {
    private static final String TEXT = """
            AUDIT BUNDLE: edition {edition}, revision {revision}, of the pupil-matching ledger
            ====================================================================

            What this is
            ------------
            One published quarter of figures on requests to match people with the National Pupil
            Database (England), with the entries of the ledger that the figures were counted from and
            the hashes and the signature that bind the entries to the log. You need no access to the
            ledger, and no trust in whoever gave you this file, to check it.

            checkpoint    what the log signed: its name (the first line), how many entries it had, and
                          a hash over all of them
            key           the public keys that verify the signature. They prove nothing about whose
                          log this is: compare them with what the department publishes elsewhere
            tile/         the hashes of the tree over all entries (C2SP tlog-tiles)
            entries/      the entries, one JSON document on a line; the line number, counted from 0
                          over all files, is the position. A line "null" is an entry of which only the
                          hash is given
            edition/      the files of the edition as they were released, and figures.json, the monthly
                          figures behind them
            bundle.json   what the bundle is about. Nothing depends on it

            This bundle is of the log
                {origin}
            and its variant is {variant}:
            {meaning}

            How to check it
            ---------------
            With the program:     java -jar ledger-api.jar verify THIS_FILE --key KEY
            With the verifier:    java -jar ledger-verifier.jar --key KEY THIS_FILE
            By hand, or with a program of your own: the document verify.md in the source of the ledger
            gives the formats exactly.
            KEY is the log's verifier key, or a file with it, got from elsewhere than this file.

            What it proves, and what it does not
            ------------------------------------
            If the check succeeds, whoever has the log's key has signed these entries and no others, in
            this order; the release of this edition is one of them, and names each file in edition/ by
            its digest; and every figure in the tables follows from the entries up to position {position} by
            the rules "{rules}".
            It does not prove that everything that happened was recorded, nor that what was recorded is
            true. Nor does it prove by itself that the log shows the same entries to everybody: compare
            the checkpoint with those that others hold.

            Whether anything was kept back
            ------------------------------
            Entries about quarters that are not released are given as hashes. Bundles of later editions
            disclose what lay below earlier positions. So keep this file, and check it again with a
            later bundle:
                java -jar ledger-verifier.jar --key KEY THIS_FILE LATER_FILE
            says whether the later log begins with the same entries, whether the figures of this edition
            still follow from all that has been disclosed below its position, and how many entries are
            hashes still.
            """;

    private BundleReadme() {}

    public static byte[] of(BundleHead head) {
        String meaning = switch (head.variant()) {
            case AUDIT -> "all entries are given. It is for auditors, not for publication.";
            case PUBLIC -> "entries about released quarters are given, of the others only the hashes.";
        };
        return TEXT.replace("{edition}", head.edition().toString())
                .replace("{revision}", Integer.toString(head.revision()))
                .replace("{variant}", head.variant().name())
                .replace("{meaning}", meaning)
                .replace("{position}", Long.toString(head.position()))
                .replace("{rules}", head.rules())
                .replace("{origin}", head.origin())
                .getBytes(StandardCharsets.UTF_8);
    }
}
