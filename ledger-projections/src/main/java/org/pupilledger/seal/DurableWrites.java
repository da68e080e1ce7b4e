package org.pupilledger.seal;

import java.io.IOException;
import java.nio.file.Path;
import org.pupilledger.files.PrivateFiles;

/** The two ways in which files outside the database are written. Tests let them fail, before and after. */
interface DurableWrites {
    DurableWrites DISK = new DurableWrites() {
        @Override
        public void replace(Path file, byte[] content) throws IOException {
            PrivateFiles.replace(file, content);
        }

        @Override
        public void append(Path file, byte[] content) throws IOException {
            PrivateFiles.append(file, content);
        }
    };

    /** Returns once the file holds this and nothing else, also after a power cut. */
    void replace(Path file, byte[] content) throws IOException;

    /** Returns once the file ends with this, also after a power cut. */
    void append(Path file, byte[] content) throws IOException;
}
