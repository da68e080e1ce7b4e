/** The REST interface: bodies, answers, problems. */
@NullMarked
package org.pupilledger.rest;

import org.jspecify.annotations.NullMarked;
