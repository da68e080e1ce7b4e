/** Who asks and who receives: organisations by code, with name, category and parent. */
@NullMarked
package org.pupilledger.organisation;

import org.jspecify.annotations.NullMarked;
