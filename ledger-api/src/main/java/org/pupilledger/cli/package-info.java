/** The command line: subcommands beside the server. */
@NullMarked
package org.pupilledger.cli;

import org.jspecify.annotations.NullMarked;
