/** Figures and other tables as files: JSON, CSV and its metadata, spreadsheet, page, text; the log as files. */
@NullMarked
package org.pupilledger.export;

import org.jspecify.annotations.NullMarked;
