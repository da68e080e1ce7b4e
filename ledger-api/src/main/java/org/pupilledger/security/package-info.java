/** Who may do what: users, roles, the table of access, and the brake on guessing passwords. */
@NullMarked
package org.pupilledger.security;

import org.jspecify.annotations.NullMarked;
