/** What is read over HTTP: figures, editions, differences, timelines, and the log and bundles that prove them. */
@NullMarked
package org.pupilledger.published;

import org.jspecify.annotations.NullMarked;
