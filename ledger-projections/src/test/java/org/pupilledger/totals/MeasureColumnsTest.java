package org.pupilledger.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pupilledger.TestDatabase;
import org.pupilledger.figures.Measure;

class MeasureColumnsTest {
    @Test
    void everyMeasureHasItsColumnAndEveryColumnItsMeasure() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = TestDatabase.migrated().owner().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select column_name from information_schema.columns"
                        + " where table_name = 'monthly_total' and data_type = 'bigint' order by ordinal_position")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        assertThat(columns)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Measure.values()).map(Measure::column).toList());
    }
}
