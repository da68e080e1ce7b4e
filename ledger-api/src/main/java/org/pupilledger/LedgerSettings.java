package org.pupilledger;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings under {@code ledger.}
 *
 * @param dataDirectory where the embedded database and everything else that must stay is kept
 * @param inception     the ledger's first day; by default the day on which it is created, and fixed from then on
 */
@ConfigurationProperties("ledger")
public record LedgerSettings(
        Path dataDirectory,
        @Nullable LocalDate inception,
        @Nullable Security security) {
    public LedgerSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /** @param users by name */
    public record Security(@Nullable Map<String, User> users) {}

    /**
     * One user.
     *
     * @param password encoded, {@code {bcrypt}...}
     * @param roles    one or more of the five roles
     */
    public record User(String password, List<String> roles) {
        @Override
        public String toString() {
            return "user with roles " + roles;
        }
    }

    /** Empty where none are configured. */
    public Map<String, User> users() {
        return security == null || security.users() == null ? Map.of() : Map.copyOf(security.users());
    }
}
