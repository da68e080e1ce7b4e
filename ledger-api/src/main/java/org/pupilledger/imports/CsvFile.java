package org.pupilledger.imports;

import java.io.IOException;
import java.io.InputStream;

/** A file to import. It is read twice, and need not be in memory. */
@FunctionalInterface
public interface CsvFile {
    /** From its beginning. */
    InputStream open() throws IOException;
}
