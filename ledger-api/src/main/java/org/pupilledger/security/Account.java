package org.pupilledger.security;

import java.util.Set;

/**
 * A configured user.
 *
 * @param password encoded, {@code {bcrypt}...}
 */
public record Account(String name, String password, Set<Role> roles) {
    public Account {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "account with roles " + roles;
    }
}
