/** What two sides of figures differ in, cell by cell, and the events that explain it. */
@NullMarked
package org.pupilledger.comparison;

import org.jspecify.annotations.NullMarked;
