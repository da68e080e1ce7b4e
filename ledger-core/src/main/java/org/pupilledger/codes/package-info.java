/** The closed lists of codes that events, files and screens share, each code with its label. */
@NullMarked
package org.pupilledger.codes;

import org.jspecify.annotations.NullMarked;
