package org.pupilledger.rebuild;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.tlog.Copy;
import org.pupilledger.tlog.ProjectedTable;
import org.pupilledger.tlog.Projection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Digest of all that a copy of a projection says: SHA-256 over its tables, in the order in which the projection names them.
 * Of each table first its name, and where it has rows the names of its columns in alphabetical order, {@code copy} left out; then the same
 * columns of every row, by primary key in the order of bytes. Each of these is a number of bytes, in four bytes and highest
 * first, and so many bytes of UTF-8; a null is the number -1 alone. A row that says nothing, such as a month of which
 * nothing is left, counts like one that is not there; see {@link ProjectedTable}.
 */
final class Digest {
    private static final String COPY = "copy";
    private static final int NULL = -1;
    private static final int FETCH = 2_000;

    private final MessageDigest sha256 = Sha256.begin();

    private Digest() {}

    /**
     * Reads the rows through a cursor, in constant memory.
     *
     * @param jdbc  within a transaction, whose snapshot decides what is seen
     * @param pause called every few thousand rows; may throw to end it
     * @return 64 hexadecimal digits
     */
    static String of(JdbcTemplate jdbc, Projection projection, Copy copy, Runnable pause) {
        Digest digest = new Digest();
        projection.tables().forEach(table -> digest.add(jdbc, table, copy, pause));
        return HexFormat.of().formatHex(digest.sha256.digest());
    }

    private void add(JdbcTemplate jdbc, ProjectedTable table, Copy copy, Runnable pause) {
        String sql = "select * from " + table.name() + " where copy = ? and (" + table.means() + ") order by "
                + table.key().stream().map(column -> column + " collate \"C\"").collect(Collectors.joining(", "));
        add(table.name());
        Rows rows = new Rows(pause);
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    statement.setFetchSize(FETCH);
                    statement.setInt(1, copy.number());
                    return statement;
                },
                rows);
    }

    private final class Rows implements RowCallbackHandler {
        private final Runnable pause;
        private final Map<String, Integer> columns = new TreeMap<>();
        private long count;

        Rows(Runnable pause) {
            this.pause = pause;
        }

        @Override
        public void processRow(ResultSet row) throws SQLException {
            if (count++ % FETCH == 0) {
                pause.run();
            }
            if (columns.isEmpty()) {
                name(row.getMetaData());
            }
            for (int column : columns.values()) {
                add(text(row.getObject(column)));
            }
        }

        private void name(ResultSetMetaData data) throws SQLException {
            for (int column = 1; column <= data.getColumnCount(); column++) {
                if (!data.getColumnName(column).equals(COPY)) {
                    columns.put(data.getColumnName(column), column);
                }
            }
            columns.keySet().forEach(Digest.this::add);
        }
    }

    /** As the value is: how JDBC writes truths and lists as text depends on how often a statement was run. */
    private static @Nullable String text(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Array list -> Arrays.toString((Object[]) list.getArray());
            default -> value.toString();
        };
    }

    private void add(@Nullable String value) {
        if (value == null) {
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, NULL));
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha256.update(bytes);
    }
}
