/** Tables as CSV, statements for readers, the log as files. */
@NullMarked
package org.pupilledger.export;

import org.jspecify.annotations.NullMarked;
