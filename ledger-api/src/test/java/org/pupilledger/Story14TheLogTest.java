package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.live;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.FromScratch.Opened;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;

/** The log can be read and checked by anybody's tools, as far as each may see it. */
@ExtendWith(SharedServer.class)
class Story14TheLogTest {
    private static final int WIDTH = 256;
    private static final int HASH = 32;
    private static final String PUBLIC = "public, max-age=31536000, immutable";
    private static final String PRIVATE = "private, max-age=31536000, immutable";
    private static final long SOON_MS = 10_000;

    private final TestServer server;
    private final Caller recorder;
    private final Caller auditor;

    Story14TheLogTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.auditor = server.as("auditor");
    }

    // ---- what holds together ----

    @Test
    void anAuditorComputesTheRootFromTheEntries() throws GeneralSecurityException {
        grow(100);
        Opened checkpoint = newest();
        assertThat(checkpoint.size()).isGreaterThan(WIDTH);

        List<byte[]> leafHashes = new ArrayList<>();
        for (long number = 0; number * WIDTH < checkpoint.size(); number++) {
            int width = (int) Math.min(WIDTH, checkpoint.size() - number * WIDTH);
            String path = FromScratch.tilePath(number, width);
            List<byte[]> hashes = hashes(auditor.get("/log/tile/0/" + path));
            Reply bundle = auditor.get("/log/tile/entries/" + path);
            assertThat(bundle.header("content-type")).isEqualTo("application/octet-stream");
            List<byte[]> entries = FromScratch.entries(bundle.bytes());

            assertThat(entries.stream().map(FromScratch::leafHash).toList().toArray(new byte[0][]))
                    .isDeepEqualTo(hashes.toArray(new byte[0][]));
            leafHashes.addAll(hashes);
            byte[] last = entries.getLast();
            Reply entry = auditor.get("/log/entries/" + (number * WIDTH + width - 1));
            assertThat(entry.bytes()).isEqualTo(last);
            assertThat(entry.header("content-type")).isEqualTo("application/json");
        }

        assertThat(leafHashes).hasSize((int) checkpoint.size());
        assertThat(FromScratch.root(leafHashes)).isEqualTo(checkpoint.root());
    }

    @Test
    void aTileOfAHigherLevelHoldsTheRootsOfFullTilesBelow() throws GeneralSecurityException {
        grow(100);
        int full = (int) (newest().size() / WIDTH);

        List<byte[]> roots = hashes(recorder.get("/log/tile/1/" + FromScratch.tilePath(0, full)));

        assertThat(roots).hasSize(full);
        for (int number = 0; number < full; number++) {
            List<byte[]> below = hashes(recorder.get("/log/tile/0/" + FromScratch.tilePath(number, WIDTH)));
            assertThat(below).hasSize(WIDTH);
            assertThat(FromScratch.root(below)).isEqualTo(roots.get(number));
        }
        assertThat(recorder.get("/log/tile/1/" + FromScratch.tilePath(0, full + 1))
                        .problem())
                .isEqualTo("404 not-found");
        assertThat(recorder.get("/log/tile/2/000.p/1").problem()).isEqualTo("404 not-found");
    }

    @Test
    void aPartialTileStaysWhenTheFullOneIsThere() {
        grow(100);
        byte[] full = recorder.get("/log/tile/0/000").bytes();
        byte[] bundle = auditor.get("/log/tile/entries/000").bytes();

        for (int width : List.of(1, 2, 100, 255)) {
            byte[] partial = recorder.get("/log/tile/0/000.p/" + width).bytes();
            assertThat(partial).isEqualTo(Arrays.copyOf(full, width * HASH));
            byte[] entries = auditor.get("/log/tile/entries/000.p/" + width).bytes();
            assertThat(entries).isEqualTo(Arrays.copyOf(bundle, entries.length));
            assertThat(FromScratch.entries(entries)).hasSize(width);
        }
    }

    @Test
    void everyEntryIsProvedToBeInTheTreeOfEverySizeThatHoldsIt() throws GeneralSecurityException {
        grow(3);
        Opened checkpoint = newest();
        for (long index : List.of(0L, 1L, checkpoint.size() / 2, checkpoint.size() - 1)) {
            Reply proof = recorder.get("/log/proofs/inclusion?index=" + index + "&size=" + checkpoint.size());

            assertThat(proof.json().propertyNames()).containsExactly("index", "size", "hashes");
            assertThat(proof.at("/index")).isEqualTo(Long.toString(index));
            assertThat(proof.at("/size")).isEqualTo(Long.toString(checkpoint.size()));
            assertThat(proof.header("cache-control")).isEqualTo(PRIVATE);
            byte[] leafHash =
                    FromScratch.leafHash(auditor.get("/log/entries/" + index).bytes());
            assertThat(FromScratch.rootOf(leafHash, index, checkpoint.size(), proofHashes(proof)))
                    .isEqualTo(checkpoint.root());
        }
        assertThat(recorder.get("/log/proofs/inclusion?index=0&size=1").at("/hashes"))
                .isEqualTo("[]");
    }

    @Test
    void theLogOnlyGrows() throws GeneralSecurityException {
        byte[] olderNote = recorder.get("/log/checkpoint").bytes();
        grow(2);
        byte[] newerNote = recorder.get("/log/checkpoint").bytes();
        Opened older = FromScratch.open(olderNote, key());
        Opened newer = FromScratch.open(newerNote, key());
        assertThat(newer.size()).isGreaterThan(older.size());

        Reply proof = recorder.get("/log/proofs/consistency?from=" + older.size() + "&to=" + newer.size());

        assertThat(proof.json().propertyNames()).containsExactly("from", "to", "hashes");
        assertThat(proof.at("/from")).isEqualTo(Long.toString(older.size()));
        assertThat(proof.at("/to")).isEqualTo(Long.toString(newer.size()));
        assertThat(proof.header("cache-control")).isEqualTo(PRIVATE);
        assertThat(FromScratch.isConsistent(older, newer, proofHashes(proof))).isTrue();
        assertThat(FromScratch.isConsistent(newest(), newer, proofHashes(proof)))
                .isFalse();
        VerifierKey verifierKey = VerifierKey.parse(key()).orElseThrow();
        LogVerifier verifier = new LogVerifier(verifierKey.name(), List.of(verifierKey));
        Checkpoint first = verifier.open(olderNote).orElseThrow();
        Checkpoint second = verifier.open(newerNote).orElseThrow();
        assertThat(verifier.isConsistent(first, second, proofHashes(proof))).isTrue();
        assertThat(recorder.get("/log/proofs/consistency?from=0&to=" + newer.size())
                        .at("/hashes"))
                .isEqualTo("[]");
        assertThat(recorder.get("/log/proofs/consistency?from=%d&to=%d".formatted(newer.size(), newer.size()))
                        .at("/hashes"))
                .isEqualTo("[]");
    }

    @Test
    void theNewestCheckpointCoversWhatWasWaitedFor() throws GeneralSecurityException {
        Reply recorded = recorder.post("/requests", live("DWP", "2024-05", 1));

        byte[] note =
                recorder.get("/log/checkpoint?waitFor=" + recorded.id() + ":0").bytes();

        long position = recorder.read(recorded).json().get("position").longValue();
        assertThat(FromScratch.open(note, key()).size()).isGreaterThan(position);
    }

    // ---- who sees how much ----

    @Test
    void anonymousCallersSeeThePublicCheckpointAndTheHashesUnderIt() throws GeneralSecurityException {
        grow(1);
        Caller anonymous = server.anonymous();
        Reply note = anonymous.get("/log/checkpoint");
        Opened checkpoint = FromScratch.open(note.bytes(), key());
        assertThat(checkpoint.size()).isPositive().isLessThan(newest().size());

        assertThat(note.header("content-type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(note.header("cache-control")).isEqualTo("public, max-age=5");
        assertThat(note.header("vary")).contains("Authorization");
        List<byte[]> leafHashes = new ArrayList<>();
        for (long number = 0; number * WIDTH < checkpoint.size(); number++) {
            int width = (int) Math.min(WIDTH, checkpoint.size() - number * WIDTH);
            Reply tile = anonymous.get("/log/tile/0/" + FromScratch.tilePath(number, width));
            assertThat(tile.header("cache-control")).isEqualTo(PUBLIC);
            leafHashes.addAll(hashes(tile));
        }
        assertThat(FromScratch.root(leafHashes)).isEqualTo(checkpoint.root());
    }

    @Test
    void hashesBeyondThePublicCheckpointAreForWhoIsSignedIn() throws GeneralSecurityException {
        grow(100);
        long size = FromScratch.open(server.anonymous().get("/log/checkpoint").bytes(), key())
                .size();
        int beyond = (int) size % WIDTH + 1;
        String path = "/log/tile/0/" + FromScratch.tilePath(size / WIDTH, beyond);

        assertThat(server.anonymous().get(path).problem()).isEqualTo("401 unauthenticated");
        assertThat(server.anonymous().get(path).header("www-authenticate")).startsWith("Basic");
        assertThat(server.anonymous().get(path).header("cache-control")).contains("no-store");
        for (String role : List.of("recorder", "approver", "publisher", "auditor", "admin")) {
            Reply tile = server.as(role).get(path);
            assertThat(hashes(tile)).as(role).hasSize(beyond);
            assertThat(tile.header("cache-control")).as(role).isEqualTo(PRIVATE);
        }
        assertThat(recorder.get("/log/tile/0/000.p/1").header("cache-control"))
                .as("what somebody signed in is answered is for nobody else")
                .isEqualTo(PRIVATE);
        assertThat(server.anonymous().get("/log/tile/0/000.p/1").header("cache-control"))
                .isEqualTo(PUBLIC);
    }

    @Test
    void theNewestCheckpointIsForWhoIsSignedInAndNotForCaches() throws GeneralSecurityException {
        for (String role : List.of("recorder", "approver", "publisher", "auditor", "admin")) {
            Reply note = server.as(role).get("/log/checkpoint");
            assertThat(FromScratch.open(note.bytes(), key()).size()).as(role).isEqualTo(newest().size());
            assertThat(note.header("cache-control")).as(role).isEqualTo("private, no-cache");
            assertThat(note.header("vary")).as(role).contains("Authorization");
        }
    }

    @Test
    void theKeyIsForEverybody() {
        Reply key = server.anonymous().get("/log/key");

        assertThat(key.text()).matches("[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}\n");
        assertThat(key.header("content-type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(key.header("cache-control")).isEqualTo("public, max-age=5");
        assertThat(recorder.get("/log/key").text()).isEqualTo(key.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/log/entries/0",
                "/log/entries/999999999",
                "/log/entries/x",
                "/log/entries",
                "/log/tile/entries/000.p/1",
                "/log/tile/entries/x999/999",
                "/log/tile/entries/none",
                "/log/tile/entries"
            })
    void entriesAreForAuditors(String path) {
        boolean isThere = path.endsWith("/0") || path.endsWith("/1");

        assertThat(auditor.get(path).status()).isEqualTo(isThere ? 200 : 404);
        assertThat(auditor.get(path).header("cache-control")).contains(isThere ? PRIVATE : "no-store");
        for (String role : List.of("recorder", "approver", "publisher", "admin")) {
            assertThat(server.as(role).get(path).problem()).as(role).isEqualTo("403 forbidden");
        }
        assertThat(server.anonymous().get(path).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void bundlesAreCompressedForWhoTakesThat() {
        grow(100);
        Reply plain = auditor.get("/log/tile/entries/000");

        Reply compressed = auditor.get("/log/tile/entries/000", "Accept-Encoding", "gzip");

        assertThat(plain.header("content-encoding")).isEmpty();
        assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
        assertThat(compressed.header("cache-control")).isEqualTo(PRIVATE);
        assertThat(compressed.bytes().length).isLessThan(plain.bytes().length / 2);
        assertThat(decompressed(compressed.bytes())).isEqualTo(plain.bytes());
        assertThat(recorder.get("/log/checkpoint", "Accept-Encoding", "gzip").header("content-encoding"))
                .isEmpty();
    }

    private static byte[] decompressed(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePublicCheckpointIsRenewedButReleasesNoEntries() throws GeneralSecurityException {
        Path directory = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(directory);
        settings.addAll(TestServer.users());
        settings.add("--ledger.log.public-interval=1s");
        settings.add("--ledger.log.origin=ledger.example.org/matching");
        settings.add("--ledger.public-entries=released");
        try (TestServer other = TestServer.start(directory, settings)) {
            Reply recorded = other.as("recorder").post("/requests", live("DWP", "2024-05", 1));
            // waits for the first checkpoint, before which there is no key
            long size =
                    other.as("recorder").read(recorded).json().get("position").longValue() + 1;
            String key = other.anonymous().get("/log/key").text().strip();
            assertThat(key).startsWith("ledger.example.org/matching+");

            long deadline = System.nanoTime() + SOON_MS * 1_000_000;
            while (sizeSeenBy(other.anonymous(), key) < size) {
                assertThat(System.nanoTime()).as("too long").isLessThan(deadline);
            }

            assertThat(other.anonymous()
                            .get("/log/tile/0/" + FromScratch.tilePath(0, (int) size))
                            .header("cache-control"))
                    .isEqualTo(PUBLIC);
            for (String path : List.of("/log/entries/0", "/log/tile/entries/000.p/1", "/log/entries/99999")) {
                assertThat(other.anonymous().get(path).problem()).as(path).isEqualTo("401 unauthenticated");
            }
        }
    }

    private static long sizeSeenBy(Caller caller, String key) throws GeneralSecurityException {
        return FromScratch.open(caller.get("/log/checkpoint").bytes(), key).size();
    }

    // ---- what is refused ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/0",
                "/0/",
                "/0/0",
                "/0/00",
                "/0/0000",
                "/0/000/",
                "/0/000/000",
                "/0/x000/000",
                "/0/x000/001",
                "/0/X001/000",
                "/0/000.p",
                "/0/000.p/",
                "/0/000.p/0",
                "/0/000.p/01",
                "/0/000.p/256",
                "/0/000.p/-1",
                "/0/000.p/1/",
                "/0/000.P/1",
                "/00/000.p/1",
                "/+0/000.p/1",
                "/-1/000.p/1",
                "/64/000.p/1",
                "/63/000.p/1",
                "/x/000.p/1",
                "/0/%30%30%30.p/1",
                "/%30/000.p/1",
                "/0/x999/x999/x999/x999/x999/x999/999",
                "/0/x009/x223/x372/x036/x854/x775/807",
                "/data/000.p/1"
            })
    void aTileHasOneSpelling(String below) {
        assertThat(recorder.get("/log/tile/0/000.p/1").status()).isEqualTo(200);

        assertThat(recorder.get("/log/tile" + below).problem()).isEqualTo("404 not-found");
        assertThat(server.anonymous().get("/log/tile" + below).problem()).isEqualTo("401 unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/00", "/01", "/+1", "/-1", "/1.0", "/x", "/%30", "/0/", "/9999999999999999999"})
    void anEntryHasOneSpelling(String below) {
        assertThat(auditor.get("/log/entries" + below).problem()).isEqualTo("404 not-found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inclusion   |                                   | index required
            inclusion   | index=0                           | size required
            inclusion   | size=1                            | index required
            inclusion   | index=&size=1                     | index malformed
            inclusion   | index=00&size=1                   | index malformed
            inclusion   | index=-1&size=1                   | index malformed
            inclusion   | index=%2B0&size=1                 | index malformed
            inclusion   | index=0&size=1e1                  | size malformed
            inclusion   | index=0&size=9999999999999999999  | size malformed
            inclusion   | index=0&size=0                    | size out-of-range
            inclusion   | index=0&size=999999999999999999   | size out-of-range
            inclusion   | index=1&size=1                    | index out-of-range
            inclusion   | index=999999999999999999&size=2   | index out-of-range
            inclusion   | index=0&size=1&leaf=0             | unknown-parameter
            inclusion   | index=0&index=0&size=1            | index repeated
            inclusion   | index=0&size=1&waitFor=x:0        | unknown-parameter
            consistency |                                   | from required
            consistency | from=0                            | to required
            consistency | from=01&to=2                      | from malformed
            consistency | from=1&to=x                       | to malformed
            consistency | from=2&to=1                       | from out-of-range
            consistency | from=0&to=999999999999999999      | to out-of-range
            """)
    void aProofIsAskedForByNumbersOfThisLog(String kind, @Nullable String query, String flaw) {
        String path = "/log/proofs/" + kind + (query == null ? "" : "?" + query);

        assertThat(recorder.get(path).problem()).isEqualTo("400 invalid-request | " + flaw);
        assertThat(server.anonymous().get(path).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void aQueryIsRefusedWhereThereIsNone() {
        for (String path : List.of("/log/tile/0/000.p/1", "/log/tile/entries/000.p/1", "/log/entries/0", "/log/key")) {
            assertThat(auditor.get(path + "?width=1").problem())
                    .as(path)
                    .isEqualTo("400 invalid-request | unknown-parameter");
        }
        assertThat(auditor.get("/log").problem()).isEqualTo("404 not-found");
        assertThat(auditor.get("/log/proofs").problem()).isEqualTo("404 not-found");
        assertThat(auditor.get("/log/checkpoint/1").problem()).isEqualTo("404 not-found");
        assertThat(auditor.get("/log/checkpoint", "Accept", "image/png").problem())
                .isEqualTo("406 not-acceptable");
    }

    // ---- helpers ----

    /** Makes the log larger by four entries a line at least, and waits until they are sealed. */
    private void grow(int lines) {
        StringBuilder file = new StringBuilder(Sample.HEADER).append('\n');
        for (int i = 0; i < lines; i++) {
            file.append(TestServer.newReference())
                    .append(",MOJ,2023-06,OTHER,OTHER,7,NAME,APPROVED,2,0,2,2,SCHOOL,FILE,,\n");
        }
        Reply imported = recorder.importCsv(file.toString());
        assertThat(imported.at("/recorded")).as("%s", imported).isEqualTo(Integer.toString(lines));
    }

    private Opened newest() throws GeneralSecurityException {
        return FromScratch.open(recorder.get("/log/checkpoint").bytes(), key());
    }

    private String key() {
        return server.anonymous().get("/log/key").text().strip();
    }

    private static List<byte[]> hashes(Reply tile) {
        assertThat(tile.status()).as("%s", tile.headers()).isEqualTo(200);
        assertThat(tile.header("content-type")).isEqualTo("application/octet-stream");
        List<byte[]> hashes = new ArrayList<>();
        for (int at = 0; at < tile.bytes().length; at += HASH) {
            hashes.add(Arrays.copyOfRange(tile.bytes(), at, at + HASH));
        }
        return hashes;
    }

    private static List<byte[]> proofHashes(Reply proof) {
        return proof.json()
                .get("hashes")
                .valueStream()
                .map(hash -> Base64.getDecoder().decode(hash.stringValue()))
                .toList();
    }
}
