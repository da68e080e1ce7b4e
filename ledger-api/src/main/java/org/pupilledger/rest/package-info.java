/** What is recorded and looked up over HTTP, thing by thing, and the description of the whole interface. */
@NullMarked
package org.pupilledger.rest;

import org.jspecify.annotations.NullMarked;
