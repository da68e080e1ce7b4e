/** What is open to everybody's programs and finders: codes, catalogue, search, a page for each request, what was in force. */
@NullMarked
package org.pupilledger.opendata;

import org.jspecify.annotations.NullMarked;
