/** Pages for people: what each problem means. */
@NullMarked
package org.pupilledger.web;

import org.jspecify.annotations.NullMarked;
