/** Tables and documents, and the writers that need no library: page, chart, spreadsheet, JSON, text. */
@NullMarked
package org.pupilledger.tables;

import org.jspecify.annotations.NullMarked;
