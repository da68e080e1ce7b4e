/** A matching request from receipt to closure: its counts, its rules, its corrections. */
@NullMarked
package org.pupilledger.request;

import org.jspecify.annotations.NullMarked;
