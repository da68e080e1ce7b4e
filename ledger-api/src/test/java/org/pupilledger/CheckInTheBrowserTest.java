package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.NodeChecks.Case;
import org.pupilledger.digest.Sha256;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.NoteSignature;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TlogProof;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.Profile;
import org.pupilledger.schema.EventTypes;
import tools.jackson.databind.JsonNode;

/** What is checked in a reader's browser: it says of every file what the Java verifier says of it. */
class CheckInTheBrowserTest {
    private static final String ORIGIN = "ledger.example/pupils";
    private static final String EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String LINE = "\u2014 n AQIDBAU=\n";

    private static final String SOME_HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /** What no sentence may repeat, since a file says it. */
    private static final String MARKUP = "<img src=x>";

    private static final List<byte[]> ENTRIES = List.of(
            "{\"first\":1}".getBytes(UTF_8),
            "{\"second\":2}".getBytes(UTF_8),
            "{\"third\":3}".getBytes(UTF_8),
            new byte[0],
            new byte[] {0, 1, (byte) 0xff});

    private static final NoteSigner SIGNER = signer(ORIGIN);
    private static final NoteSigner NEXT = signer(ORIGIN);
    private static final NoteSigner WITNESS = signer("witness.example/w1");
    private static final String TEXT = checkpoint(ENTRIES.size()).text();

    @TempDir
    private Path directory;

    private final List<Case> cases = new ArrayList<>();
    private final List<Boolean> expected = new ArrayList<>();
    private final Random random = new Random(14);
    private final Mutations mutations = new Mutations(random);

    @BeforeEach
    void assumeNode() {
        NodeChecks.assumeIsThere();
    }

    private static NoteSigner signer(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            byte[] key = Arrays.copyOfRange(x509, x509.length - VerifierKey.PUBLIC_KEY_BYTES, x509.length);
            return new NoteSigner(VerifierKey.of(name, key), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TileTree tree(int size) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        ENTRIES.subList(0, size).forEach(entry -> hashes.writeBytes(TreeHash.ofLeaf(entry)));
        return new TileTree(size, tile -> hashes.toByteArray());
    }

    private static Checkpoint checkpoint(int size) {
        return new Checkpoint(ORIGIN, size, tree(size).root(), List.of());
    }

    private static byte[] note(String text, NoteSignature... signatures) {
        return new SignedNote(text, List.of(signatures)).bytes();
    }

    private static byte[] signed(String text, NoteSigner... signers) {
        return note(
                text, Arrays.stream(signers).map(signer -> signer.sign(text)).toArray(NoteSignature[]::new));
    }

    private static TlogProof receipt(int index, int size) {
        return new TlogProof(
                ENTRIES.get(index),
                index,
                tree(size).inclusionProof(index),
                signed(checkpoint(size).text(), SIGNER));
    }

    private static String keys(NoteSigner... signers) {
        return new String(
                VerifierKey.lines(
                        Arrays.stream(signers).map(NoteSigner::verifierKey).toList()),
                UTF_8);
    }

    /** Of a file that is no bundle: whether Java opens it as the one thing or the other. */
    private void file(byte[] bytes, NoteSigner... pinned) {
        List<VerifierKey> keys =
                Arrays.stream(pinned).map(NoteSigner::verifierKey).toList();
        LogVerifier log = new LogVerifier(keys.getFirst().name(), keys);
        cases.add(Case.check(bytes, keys(pinned)));
        boolean isReceipt = TlogProof.parse(bytes).isPresent();
        expected.add(
                isReceipt ? log.openReceipt(bytes).isPresent() : log.open(bytes).isPresent());
    }

    private void read(String what, boolean isRead, byte[] bytes) {
        cases.add(Case.read(what, bytes));
        expected.add(isRead);
    }

    private void key(String text) {
        read("key", VerifierKey.parse(text).isPresent(), text.getBytes(UTF_8));
    }

    /** All three readers, whatever the bytes are meant to be. */
    private void text(byte[] bytes) {
        read("note", SignedNote.parse(bytes).isPresent(), bytes);
        read("receipt", TlogProof.parse(bytes).isPresent(), bytes);
        if (new String(bytes, UTF_8).indexOf('\ufffd') < 0) {
            key(new String(bytes, UTF_8));
        }
    }

    private List<JsonNode> agree() throws IOException, InterruptedException {
        List<JsonNode> answers = new NodeChecks(directory).run(cases);
        assertThat(answers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode answer = answers.get(i);
            boolean isYes = answer.has("isRead")
                    ? answer.at("/isRead").booleanValue()
                    : answer.at("/state").stringValue().equals("VALID");
            assertThat(isYes).as("case %d: %s", i, answer).isEqualTo(expected.get(i));
            assertThat(answer.at("/code").stringValue("")).as("case %d", i).isNotEqualTo("FAILED");
            assertThat(answer.toString()).doesNotContain(MARKUP);
        }
        return answers;
    }

    @Test
    void readsAsKeyWhatJavaReadsAsKey() throws Exception {
        VerifierKey example = VerifierKey.parse(EXAMPLE).orElseThrow();
        for (String text : List.of(
                EXAMPLE,
                "",
                "+",
                "++",
                "example.com/foo",
                "example.com/foo+530d903a",
                "example.com/foo+530d903a+",
                EXAMPLE.substring("example.com/foo".length()),
                EXAMPLE.replace("foo", "fop"),
                EXAMPLE.replace("/foo", "/ foo"),
                EXAMPLE.replace("903a", "903b"),
                EXAMPLE.replace("530d", "530D"),
                EXAMPLE.replace("+530d", "+0530d"),
                EXAMPLE.replace("+Aek", "+Auk"),
                EXAMPLE + "\n",
                EXAMPLE + "AA==",
                EXAMPLE.replace("3U2k", "3U0="),
                "example.com/foo+530d903a+AQ==",
                "example.com/foo+530d903a+*")) {
            key(text);
        }
        for (String point : List.of(
                "00".repeat(32),
                "00".repeat(31) + "80",
                "01" + "00".repeat(31),
                "01" + "00".repeat(30) + "80",
                "ec" + "ff".repeat(30) + "7f",
                "ed" + "ff".repeat(30) + "7f",
                "ee" + "ff".repeat(30) + "7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "02" + "00".repeat(31),
                "ff".repeat(32))) {
            key(spelt("n", HexFormat.of().parseHex(point)));
        }
        for (int i = 0; i < 300; i++) {
            byte[] point = new byte[VerifierKey.PUBLIC_KEY_BYTES];
            random.nextBytes(point);
            key(spelt(i % 2 == 0 ? "n" : "\u00e9\ud83d\ude00", point));
        }
        for (String name : List.of("", "a b", "a\n", "a\tb", "a\u00a0b", "a\u0085b", "a\u3000", "a\u2028", "\ufeffa")) {
            key(spelt(name, example.publicKey()));
        }

        agree();
        assertThat(expected).contains(true, false);
    }

    /** With the key id that such a name and such bytes would have. */
    private static String spelt(String name, byte[] publicKey) {
        byte[] typed = new byte[1 + publicKey.length];
        typed[0] = 1;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        byte[] hash = Sha256.bytes((name + "\n").getBytes(UTF_8), typed);
        return name + "+" + HexFormat.of().formatHex(hash, 0, 4) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    @Test
    void readsAsNoteAndReceiptWhatJavaReads() throws Exception {
        for (String note : List.of(
                "",
                "\n",
                "\n\n",
                "a\n",
                "a\n\n",
                "a\n" + LINE,
                "\n" + LINE,
                "\n\n" + LINE,
                "a\n\n" + LINE,
                "a\n\n\n" + LINE,
                "\na\n\n" + LINE,
                "a\n\n" + LINE + "\n" + LINE,
                "\u0085\u2028\ufeff\n\n" + LINE,
                "a\n\n\u2014 n AQIDBAU=",
                "a\n\n" + LINE + "\n",
                "a\n\n" + LINE + "x\n",
                "a\n\n- n AQIDBAU=\n",
                "a\n\n\u2013 n AQIDBAU=\n",
                "a\n\n\u2014n AQIDBAU=\n",
                "a\n\n \u2014 n AQIDBAU=\n",
                "a\n\n\u2014\u00a0n AQIDBAU=\n",
                "a\n\n\u2014  AQIDBAU=\n",
                "a\n\n\u2014 AQIDBAU=\n",
                "a\n\n\u2014 n+m AQIDBAU=\n",
                "a\n\n\u2014 n\u00a0m AQIDBAU=\n",
                "a\n\n\u2014 n\u0085m AQIDBAU=\n",
                "a\n\n\u2014 n\u1680m AQIDBAU=\n",
                "a\n\n\u2014 n\u2003m AQIDBAU=\n",
                "a\n\n\u2014 n\u2028m AQIDBAU=\n",
                "a\n\n\u2014 n\u180em AQIDBAU=\n",
                "a\n\n\u2014 n\u3000m AQIDBAU=\n",
                "a\n\n\u2014 n\n",
                "a\n\n\u2014 n \n",
                "a\n\n\u2014 n AQID\n",
                "a\n\n\u2014 n AQIDBA==\n",
                "a\n\n\u2014 n  AQIDBAU=\n",
                "a\n\n\u2014 n AQIDBAU= \n",
                "a\n\n\u2014 n AQIDBAU= x\n",
                "a\n\n\u2014 n AQIDBAU\n",
                "a\n\n\u2014 n AQIDBAV=\n",
                "a\n\n\u2014 n AQIDBAU==\n",
                "a\n\n\u2014 n AQIDBA-_\n",
                "a\n\n\u2014 n AQID\u0142\u0142\u0142\u0142\n",
                "a\u0000\n\n" + LINE,
                "a\t\n\n" + LINE,
                "a\u001f\n\n" + LINE,
                "a\r\n\r\n\u2014 n AQIDBAU=\r\n",
                "a\n\n" + LINE.repeat(100),
                "a\n\n" + LINE.repeat(101),
                "a".repeat(999_983) + "\n\n" + LINE,
                "a".repeat(999_984) + "\n\n" + LINE)) {
            text(note.getBytes(UTF_8));
        }
        for (String octets : List.of("80", "c3", "c080", "eda080", "f4908080", "ff")) {
            text(concat("a".getBytes(UTF_8), HexFormat.of().parseHex(octets), ("\n\n" + LINE).getBytes(UTF_8)));
        }
        byte[] note = receipt(1, 3).checkpoint();
        for (int hashes : List.of(0, 63, 64)) {
            String head = "c2sp.org/tlog-proof@v1\nindex 1\n" + (SOME_HASH + "\n").repeat(hashes) + "\n";
            text(concat(head.getBytes(UTF_8), note));
        }
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(12); part >= 0; part--) {
                text.append(mutations.part());
            }
            text(text.toString().getBytes(UTF_8));
        }
        for (int i = 0; i < 1_000; i++) {
            text(mutations.of(i % 2 == 0 ? receipt(1, 3).bytes() : note));
            key(new String(mutations.of(EXAMPLE.getBytes(UTF_8)), UTF_8).replace('\ufffd', 'x'));
        }

        agree();
        assertThat(expected).contains(true, false);
    }

    @Test
    void opensTheCheckpointsThatJavaOpens() throws Exception {
        NoteSignature good = SIGNER.sign(TEXT);
        NoteSignature bad = SIGNER.sign(checkpoint(2).text());
        NoteSignature sameId = new NoteSignature("other", good.keyId(), good.signature());
        NoteSignature sameName = new NoteSignature(ORIGIN, good.keyId() + 1, new byte[1]);
        NoteSignature tooShort = new NoteSignature(ORIGIN, good.keyId(), new byte[63]);
        NoteSignature zeros = new NoteSignature(ORIGIN, good.keyId(), new byte[64]);
        String elsewhere = new Checkpoint(MARKUP, 3, checkpoint(3).root(), List.of()).text();
        String extended = new Checkpoint(ORIGIN, 3, checkpoint(3).root(), List.of(MARKUP)).text();

        file(signed(TEXT, SIGNER), SIGNER);
        file(signed(extended, SIGNER), SIGNER);
        file(signed(TEXT, WITNESS, SIGNER, WITNESS), SIGNER);
        file(note(TEXT, sameId, sameName, good, sameId), SIGNER);
        file(note(TEXT, good, good), SIGNER);
        file(signed(TEXT, NEXT), SIGNER, NEXT);
        int both = cases.size();
        file(signed(TEXT, SIGNER, NEXT), SIGNER, NEXT);
        file(signed(TEXT, SIGNER, NEXT), SIGNER);
        file(signed(TEXT, SIGNER), SIGNER, SIGNER);
        file(signed(new Checkpoint(ORIGIN, 0, TreeHash.ofEmptyTree(), List.of()).text(), SIGNER), SIGNER);
        file(signed(new Checkpoint(ORIGIN, Long.MAX_VALUE, new byte[32], List.of()).text(), SIGNER), SIGNER);
        assertThat(expected).doesNotContain(false);
        int refused = cases.size();
        file(note(TEXT, sameId, sameName), SIGNER);
        file(signed(TEXT, WITNESS), SIGNER);
        file(signed(TEXT, NEXT), SIGNER);
        for (NoteSignature wrong : List.of(bad, tooShort, zeros)) {
            file(note(TEXT, wrong), SIGNER);
            file(note(TEXT, good, wrong), SIGNER);
            file(note(TEXT, wrong, good), SIGNER);
            file(note(TEXT, wrong, NEXT.sign(TEXT)), SIGNER, NEXT);
        }
        file(signed(elsewhere, SIGNER), SIGNER);
        for (String text : List.of(
                ORIGIN + "\nis no checkpoint\n", ORIGIN + "\n03\n" + SOME_HASH + "\n",
                ORIGIN + "\n9223372036854775808\n" + SOME_HASH + "\n", ORIGIN + "\n3\n" + SOME_HASH + "\n\nx\n",
                ORIGIN + "\n\u0663\n" + SOME_HASH + "\n", ORIGIN + "\n3\nAAAA\n")) {
            file(signed(text, SIGNER), SIGNER);
        }
        file(TEXT.getBytes(UTF_8), SIGNER);
        file(new byte[0], SIGNER);
        assertThat(expected.subList(refused, expected.size())).doesNotContain(true);

        List<JsonNode> answers = agree();
        assertThat(answers.get(both).at("/proved").toString())
                .contains(shown(SIGNER.verifierKey()), shown(NEXT.verifierKey()));
        assertThat(answers.get(refused).at("/code").stringValue()).isEqualTo("UNSIGNED");
        assertThat(answers.get(refused + 3).at("/code").stringValue()).isEqualTo("BAD_SIGNATURE");
    }

    private static String shown(VerifierKey key) {
        return key.toString()
                .substring(0, key.toString().lastIndexOf('+', key.name().length() + 9));
    }

    @Test
    void opensTheReceiptsThatJavaOpensAndNoMutatedOne() throws Exception {
        for (int size = 1; size <= ENTRIES.size(); size++) {
            for (int index = 0; index < size; index++) {
                file(receipt(index, size).bytes(), SIGNER);
            }
        }
        assertThat(expected).doesNotContain(false);
        int refused = cases.size();
        TlogProof good = receipt(1, 3);
        List<byte[]> hashes = good.hashes();
        byte[] note = good.checkpoint();
        List<byte[]> more = new ArrayList<>(hashes);
        more.add(new byte[32]);
        byte[] entry = ENTRIES.get(1);
        for (TlogProof wrong : List.of(
                new TlogProof(null, 1, hashes, note),
                new TlogProof(new byte[0], 1, hashes, note),
                new TlogProof(ENTRIES.get(0), 1, hashes, note),
                new TlogProof(entry, 0, hashes, note),
                new TlogProof(entry, 2, hashes, note),
                new TlogProof(entry, 3, hashes, note),
                new TlogProof(entry, Long.MAX_VALUE, hashes, note),
                new TlogProof(entry, 1, hashes.reversed(), note),
                new TlogProof(entry, 1, hashes.subList(0, 1), note),
                new TlogProof(entry, 1, List.of(), note),
                new TlogProof(entry, 1, more, note),
                new TlogProof(entry, 1, hashes, signed(checkpoint(2).text(), SIGNER)),
                new TlogProof(entry, 1, hashes, signed(TEXT, WITNESS)),
                new TlogProof(entry, 1, hashes, TEXT.getBytes(UTF_8)),
                new TlogProof(entry, 1, hashes, new byte[0]))) {
            file(wrong.bytes(), SIGNER);
        }
        byte[] genuine = good.bytes();
        for (int at = 0; at < genuine.length; at++) {
            byte[] flipped = genuine.clone();
            flipped[at] ^= (byte) (1 << at % Byte.SIZE);
            file(flipped, SIGNER);
            file(Arrays.copyOf(genuine, at), SIGNER);
        }
        assertThat(expected.subList(refused, expected.size())).doesNotContain(true);
        byte[] ofBoth = signed(TEXT, SIGNER, WITNESS);
        for (int i = 0; i < 800; i++) {
            file(mutations.of(genuine), SIGNER, NEXT);
            file(mutations.of(ofBoth), SIGNER, NEXT);
        }

        List<JsonNode> answers = agree();
        assertThat(answers.get(refused).at("/code").stringValue()).isEqualTo("NO_ENTRY");
        assertThat(answers.get(refused + 1).at("/code").stringValue()).isEqualTo("NOT_INCLUDED");
    }

    @Test
    void withoutAUsableKeyNothingIsSaidAboutTheFile() throws Exception {
        byte[] receipt = receipt(1, 3).bytes();
        // found by trying 70,000 points: a key id has 32 bits
        String alike = """
                ledger.example/pupils+3e2fef39+AZkSAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                ledger.example/pupils+3e2fef39+AT5QAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                """;
        List<String> unusable = List.of("", " \n ", MARKUP, keys(SIGNER) + "x", alike, "x".repeat(65_537));
        for (String keys : unusable) {
            cases.add(Case.check(receipt, keys));
        }
        cases.add(Case.check(receipt, "\r\n  " + keys(SIGNER).strip() + "\t\r\n\r\n"));

        List<JsonNode> answers = new NodeChecks(directory).run(cases);

        assertThat(answers.stream().map(answer -> answer.at("/code").stringValue()))
                .containsExactly(
                        "NO_KEY", "NO_KEY", "NO_SUCH_KEY", "NO_SUCH_KEY", "KEYS_ALIKE", "KEY_TOO_LONG", "VALID");
        assertThat(answers.subList(0, unusable.size()))
                .allMatch(answer -> answer.at("/state").stringValue().equals("UNCHECKED"));
        assertThat(answers.toString()).doesNotContain(MARKUP);
    }

    @Test
    void knowsTheEventsAndTheRulesThatJavaKnows() throws Exception {
        JsonNode known = new NodeChecks(directory)
                .run(List.of(Case.read("constants", new byte[0])))
                .getFirst();

        List<String> types = new ArrayList<>();
        known.at("/types").forEach(type -> types.add(type.stringValue()));
        List<String> rules = new ArrayList<>();
        known.at("/rules").forEach(one -> rules.add(one.stringValue()));
        String documented = Files.readString(Path.of("../ledger-core/docs/events.md"));
        List<String> all = documented
                .lines()
                .filter(line -> line.startsWith("| [") && line.contains("](#"))
                .map(line -> line.substring(3, line.indexOf(']')))
                .distinct()
                .sorted()
                .toList();
        EventTypes current = EventTypes.current();
        assertThat(types).containsExactlyInAnyOrderElementsOf(all).allMatch(type -> current.typeOf(type) != null);
        assertThat(rules)
                .containsExactly(Arrays.stream(EditionRules.values())
                        .map(EditionRules::code)
                        .toArray(String[]::new));
        assertThat(Profile.values())
                .containsExactly(Profile.valueOf(known.at("/profile").stringValue()));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
