/** Figures as JSON, CSV and text. */
@NullMarked
package org.pupilledger.export;

import org.jspecify.annotations.NullMarked;
