/** Pages for everybody: what was asked and why each number is this one, registers, checking in the browser, problems. */
@NullMarked
package org.pupilledger.web;

import org.jspecify.annotations.NullMarked;
