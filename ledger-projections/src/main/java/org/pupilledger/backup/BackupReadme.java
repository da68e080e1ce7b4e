package org.pupilledger.backup;

import java.nio.charset.StandardCharsets;

/** What a full bundle tells whoever finds it. */
final class BackupReadme {
    private static final String TEXT = """
            FULL BUNDLE of the pupil-matching ledger
            ========================================

            KEEP THIS FILE SECRET. It holds what the ledger publishes nowhere: the salts that keep
            entries from being guessed, and which user stands behind which id.

            What this is
            ------------
            The whole ledger, up to its newest checkpoint, to keep it, to move it, or to have it back after
            a disaster. It is of the log
                {origin}
            and holds {entries} entries and {checkpoints} checkpoints.

            checkpoint    what the log signed last: its name, how many entries it had, and a hash over
                          all of them
            key           the public keys that the log ever introduced
            tile/         the hashes of the tree over all entries (C2SP tlog-tiles)
            entries/      the entries, one JSON document on a line; the line number, counted from 0
                          over all files, is the position
            metadata/     the metadata of the same events, with their salts, line for line
            checkpoints/  every checkpoint that was published, as it was signed
            actors/       which user stands behind which id
            claims/       which contents of files were imported, so that importing them again adds nothing
            published/    the files of editions, each under the SHA-256 of its content
            bundle.json   how many there are of each, and which checkpoint everybody sees

            How to restore it
            -----------------
                java -jar ledger-api.jar restore THIS_FILE --key KEY --key-file PEM
                    --ledger.data-directory=EMPTY_DIRECTORY
            KEY is the log's verifier key, got from elsewhere than this file. Everything is verified
            before anything is written.

            What it does not hold
            ---------------------
            The private key that signs the log. It is never in a bundle, and without it the ledger can be
            read and verified, but does not go on. Keep it apart from this file.
            Idempotency keys: a call that was under way when the bundle was written is not recognised
            when it is sent again.
            Events that were not sealed yet.
            The times at which checkpoints were signed: the restored journal names, for each, when the
            newest entry under it was recorded.

            What is proved
            --------------
            The signature covers entries and, through a digest in each entry, metadata. Every checkpoint
            has a signature of its own, and an edition names its files by their digests. Nothing signs
            actors/, claims/ and bundle.json.
            """;

    private BackupReadme() {}

    static byte[] of(BackupHead head) {
        return TEXT.replace("{origin}", head.origin())
                .replace("{entries}", Long.toString(head.entries()))
                .replace("{checkpoints}", Long.toString(head.checkpoints()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
