package org.pupilledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;
import org.pupilledger.security.Account;
import org.pupilledger.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The configured users, or the first one where none are configured. */
final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final String FIRST_USER = "admin";
    private static final String PASSWORD_FILE = "initial-password";
    private static final int PASSWORD_BYTES = 18;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern ENCODED = Pattern.compile("\\{bcrypt}\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");

    private Accounts() {}

    /** The configured users; where there are none, the first one, whose password is made if need be. */
    static List<Account> of(LedgerSettings settings) {
        List<Account> accounts = configured(settings);
        return accounts.isEmpty() ? List.of(first(settings.dataDirectory())) : accounts;
    }

    /** @throws Hindered where a user is configured wrongly */
    static void check(LedgerSettings settings) {
        configured(settings);
    }

    private static List<Account> configured(LedgerSettings settings) {
        List<Account> accounts = new ArrayList<>();
        settings.users().forEach((name, user) -> accounts.add(account(name, user)));
        return accounts;
    }

    private static Account account(String name, LedgerSettings.User user) {
        if (!NAME.matcher(name).matches()) {
            throw new Hindered("A name under ledger.security.users is not 1 to 64 letters, digits and . _ @ -");
        }
        if (user.password() == null || !ENCODED.matcher(user.password()).matches()) {
            throw new Hindered("ledger.security.users." + name
                    + ".password must be encoded, as in {bcrypt}$2y$10$... ; a plain password is not accepted.");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : user.roles() == null ? List.<String>of() : user.roles()) {
            try {
                roles.add(Role.valueOf(role));
            } catch (IllegalArgumentException e) {
                throw new Hindered("ledger.security.users." + name + ".roles holds something that is none of "
                        + EnumSet.allOf(Role.class) + ".");
            }
        }
        if (roles.isEmpty()) {
            throw new Hindered("ledger.security.users." + name + ".roles is empty.");
        }
        return new Account(name, user.password(), roles);
    }

    /** One user with all roles and a random password, which is written once to a file that only its owner can read. */
    private static Account first(Path dataDirectory) {
        Path file = dataDirectory.resolve(PASSWORD_FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(dataDirectory);
                byte[] random = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(random);
                PrivateFiles.create(
                        file,
                        (Base64.getUrlEncoder().withoutPadding().encodeToString(random) + System.lineSeparator())
                                .getBytes(US_ASCII));
                LOG.info("no users are configured: sign in as {} with the password in {}", FIRST_USER, file);
            }
            String password = Files.readString(file).strip();
            if (password.isEmpty()) {
                throw new Hindered(file + " is empty. Remove it to have a new password written.");
            }
            return new Account(
                    FIRST_USER, "{bcrypt}" + new BCryptPasswordEncoder().encode(password), EnumSet.allOf(Role.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
