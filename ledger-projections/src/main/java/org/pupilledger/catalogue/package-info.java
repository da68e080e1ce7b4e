/** What a database does and holds beside the entries, compared with what the migrations made and what the entries say. */
@NullMarked
package org.pupilledger.catalogue;

import org.jspecify.annotations.NullMarked;
