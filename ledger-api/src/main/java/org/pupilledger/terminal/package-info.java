/** What commands are given and tell: files and keys that are believed, progress, findings, exit codes. */
@NullMarked
package org.pupilledger.terminal;

import org.jspecify.annotations.NullMarked;
