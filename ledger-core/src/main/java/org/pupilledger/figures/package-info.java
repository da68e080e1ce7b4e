/** What events mean in figures, and figures as rows, tables, sentences and documents. */
@NullMarked
package org.pupilledger.figures;

import org.jspecify.annotations.NullMarked;
