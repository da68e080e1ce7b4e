/** Editions: one published quarter each, announced, previewed, released by a second person, and revised in the open. */
@NullMarked
package org.pupilledger.publication;

import org.jspecify.annotations.NullMarked;
