package org.pupilledger.zip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.zip.StoredZipFile.Flaw;

/** There is one ZIP file for given parts, and no other passes for it. */
class StoredZipTest {
    private static final Map<String, byte[]> PARTS = parts();

    @TempDir
    private Path directory;

    private byte[] zip = {};

    private static Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("a", "one\n".getBytes(US_ASCII));
        parts.put("b/empty", new byte[0]);
        parts.put("b/\u00e9", "three".getBytes(US_ASCII));
        return parts;
    }

    @BeforeEach
    void write() {
        zip = StoredZip.of(PARTS);
    }

    /** Empty where nothing is wrong. */
    private Optional<Flaw> flaw(byte[] bytes) throws IOException {
        try (StoredZipFile read = StoredZipFile.open(Files.write(directory.resolve("zip"), bytes))) {
            return read.flaw();
        }
    }

    private boolean isRefused(byte[] bytes) throws IOException {
        try {
            return flaw(bytes).isPresent();
        } catch (StoredZipFile.Unreadable e) {
            return true;
        }
    }

    private static byte[] ofTheJdk(Map<String, byte[]> parts, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setMethod(method);
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                CRC32 crc = new CRC32();
                crc.update(part.getValue());
                entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
                if (method == ZipEntry.STORED) {
                    entry.setSize(part.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                out.putNextEntry(entry);
                out.write(part.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void theBytesAreThoseOfTheJdkAndReadBack() throws IOException {
        assertThat(zip).isEqualTo(ofTheJdk(PARTS, ZipEntry.STORED));
        try (StoredZipFile read = StoredZipFile.open(Files.write(directory.resolve("zip"), zip))) {
            assertThat(read.flaw()).isEmpty();
            assertThat(read.names()).containsExactlyElementsOf(PARTS.keySet());
            for (Map.Entry<String, byte[]> part : PARTS.entrySet()) {
                try (InputStream in = read.stream(part.getKey())) {
                    assertThat(in.readAllBytes()).isEqualTo(part.getValue());
                }
            }
        }
    }

    /** More than a number of two bytes can say. */
    @Test
    void soAreThoseOfManyParts() throws IOException {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 65_535; i++) {
            many.put("n" + i, new byte[0]);
        }
        byte[] bytes = StoredZip.of(many);

        assertThat(Arrays.equals(bytes, ofTheJdk(many, ZipEntry.STORED))).isTrue();
        assertThat(flaw(bytes)).isEmpty();
        bytes[bytes.length - 30] ^= 1;
        assertThat(isRefused(bytes)).isTrue();
    }

    @Test
    void aPartBehindFourGigabytesHasItsPlaceInEightBytes() {
        assertThat(HexFormat.of().formatHex(new ZipRecords.Part("a", 1, 2, 0x1_2345_6789L).inDirectory()))
                .isEqualTo("504b01022d002d00000800000000410001000000020000000200000001000c00000000000000000000"
                        + "00ffffffff61" + "01000800" + "8967452301000000");
    }

    @Test
    void whateverByteIsChangedItShows() throws IOException {
        for (int at = 0; at < zip.length; at++) {
            for (int change : new int[] {1, 0x80, 0xff}) {
                byte[] changed = zip.clone();
                changed[at] ^= (byte) change;
                assertThat(isRefused(changed)).as("byte %d", at).isTrue();
            }
        }
    }

    @Test
    void whereverABytePutInOrTakenOutItShows() throws IOException {
        for (int at = 0; at <= zip.length; at++) {
            ByteBuffer longer = ByteBuffer.allocate(zip.length + 1);
            longer.put(zip, 0, at).put((byte) 'x').put(zip, at, zip.length - at);
            assertThat(isRefused(longer.array())).as("put in at %d", at).isTrue();
        }
        for (int length = 0; length < zip.length; length++) {
            byte[] cut = Arrays.copyOf(zip, length);
            assertThatThrownBy(() -> flaw(cut)).as("cut at %d", length).isInstanceOf(StoredZipFile.Unreadable.class);
            byte[] headless = Arrays.copyOfRange(zip, zip.length - length, zip.length);
            assertThat(isRefused(headless)).as("last %d", length).isTrue();
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int directoryAt() {
        return littleEndian(zip).getInt(zip.length - 6);
    }

    /** The end again, of a directory that begins later. */
    private byte[] movedBy(byte[] before, byte[] between) {
        int directory = directoryAt();
        byte[] moved = ByteBuffer.allocate(zip.length + before.length + between.length)
                .put(before)
                .put(zip, 0, directory)
                .put(between)
                .put(zip, directory, zip.length - directory)
                .array();
        littleEndian(moved).putInt(moved.length - 6, directory + before.length + between.length);
        return moved;
    }

    /** A reader that goes from header to header finds it. */
    @Test
    void aPartThatTheDirectoryDoesNotNameShows() throws IOException {
        byte[] hidden = Arrays.copyOf(StoredZip.of(Map.of("a", "two\n".getBytes(US_ASCII))), 30 + 1 + 4);

        assertThat(flaw(movedBy(new byte[0], hidden))).contains(Flaw.UNNAMED);
        assertThat(isRefused(movedBy(hidden, new byte[0]))).isTrue();
        ByteBuffer behind = ByteBuffer.allocate(zip.length + hidden.length);
        assertThat(flaw(behind.put(zip).put(hidden).array())).contains(Flaw.UNNAMED);
    }

    @Test
    void aCommentShows() throws IOException {
        byte[] commented = Arrays.copyOf(zip, zip.length + 3);
        littleEndian(commented).putShort(zip.length - 2, (short) 3);

        assertThat(flaw(commented)).contains(Flaw.UNNAMED);
    }

    @Test
    void anotherNameInTheHeaderShows() throws IOException {
        zip[30] = 'c';

        assertThat(flaw(zip)).contains(Flaw.OTHER_HEADERS);
    }

    /** A program that makes links of such parts would show something else. */
    @Test
    void attributesShow() throws IOException {
        littleEndian(zip).putInt(directoryAt() + 38, 0xa1ff << 16);

        assertThat(flaw(zip)).contains(Flaw.OTHER_HEADERS);
    }

    @Test
    void anotherContentShows() throws IOException {
        zip[31] = 'O';

        assertThat(flaw(zip)).contains(Flaw.OTHER_CONTENT);
    }

    @Test
    void whatIsCompressedIsNotRead() throws IOException {
        byte[] bomb = ofTheJdk(Map.of("bomb", new byte[10_000_000]), ZipEntry.DEFLATED);

        assertThatThrownBy(() -> flaw(bomb))
                .isInstanceOf(StoredZipFile.Unreadable.class)
                .hasMessageContaining("compressed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-6, -10, -12, -14})
    void numbersThatTheFileIsTooShortForAreNotBelieved(int at) {
        littleEndian(zip).putInt(zip.length + at, 0x7fff_fff0);

        assertThatThrownBy(() -> flaw(zip)).isInstanceOf(StoredZipFile.Unreadable.class);
    }

    /** The same content in many parts would be read many times. */
    @Test
    void partsThatLieOverEachOtherAreNotRead() throws IOException {
        Map<String, byte[]> large = new LinkedHashMap<>();
        large.put("a", new byte[100_000]);
        for (int i = 0; i < 10; i++) {
            large.put("b" + i, new byte[0]);
        }
        zip = StoredZip.of(large);
        ByteBuffer first = littleEndian(zip);
        int at = directoryAt();
        for (int i = 0; i < 10; i++) {
            int next = at + 46 + (i == 0 ? 1 : 2);
            first.putInt(next + 20, 50_000).putInt(next + 24, 50_000);
            first.putInt(next + 42, 0);
            at = next;
        }

        assertThatThrownBy(() -> flaw(zip)).isInstanceOf(StoredZipFile.Unreadable.class);
    }

    @Test
    void nobodyWritesWhatNobodyReads() throws IOException {
        try (StoredZip out = new StoredZip(new ByteArrayOutputStream())) {
            out.put("a", "x".getBytes(UTF_8));
            assertThatThrownBy(() -> out.put("a", new byte[0])).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> out.put("b".repeat(101), new byte[0])).isInstanceOf(IOException.class);
        }
    }
}
