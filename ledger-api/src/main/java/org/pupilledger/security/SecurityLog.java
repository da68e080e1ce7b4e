package org.pupilledger.security;

import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What whoever looks after security wants to read, on a logger of its own. A line holds who, as the random id that events
 * have, where from and what; nothing that was typed. What is alike is one line a second with a count, and there are never
 * more than {@link #MAX_LINES} a second, whatever is tried.
 */
public final class SecurityLog {
    /** The logger. */
    public static final String NAME = "org.pupilledger.security.log";

    /** A second. */
    public static final int MAX_LINES = 200;

    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    /** What can be told; names are part of the contract. */
    enum Event {
        SIGN_IN("sign-in", true),
        SIGN_IN_FAILED("sign-in", false),
        SIGN_IN_BRAKED("sign-in-braked", false),
        FORBIDDEN("forbidden", false),
        FOREIGN_ORIGIN("foreign-origin", false),
        FULL_BUNDLE("full-bundle", true);

        private final String action;
        private final boolean isSuccess;

        Event(String action, boolean isSuccess) {
            this.action = action;
            this.isSuccess = isSuccess;
        }
    }

    private record Line(
            Event event,
            @Nullable Account account,
            @Nullable InetAddress address,
            @Nullable String call) {}

    private final Map<String, Account> accounts;
    private final UnaryOperator<String> actors;
    private Map<Line, Integer> lines = new LinkedHashMap<>();

    /** @param actors the random id of an account's name; asked only while lines are written */
    public SecurityLog(Collection<Account> accounts, UnaryOperator<String> actors) {
        this.accounts = accounts.stream().collect(Collectors.toMap(Account::name, account -> account));
        this.actors = actors;
    }

    /**
     * Notes something for the next line.
     *
     * @param account null where it is nobody's
     * @param call    method and pattern of the path, as the table of access has them; null where it does not matter
     */
    void note(Event event, @Nullable Account account, @Nullable InetAddress address, @Nullable String call) {
        Line line = new Line(event, account, address, call);
        synchronized (this) {
            if (lines.size() >= MAX_LINES && !lines.containsKey(line)) {
                line = new Line(event, null, null, null);
            }
            lines.merge(line, 1, Integer::sum);
        }
    }

    /** Notes that whoever is signed in takes the whole ledger away. */
    public void noteFullBundle() {
        noteSignedIn(Event.FULL_BUNDLE, null);
    }

    void noteSignedIn(Event event, @Nullable String call) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller != null) {
            note(
                    event,
                    accounts.get(caller.getName()),
                    caller.getDetails() instanceof Client client ? client.address() : null,
                    call);
        }
    }

    /** Writes what was noted since the last time. */
    public void write() {
        Map<Line, Integer> noted;
        synchronized (this) {
            noted = lines;
            lines = new LinkedHashMap<>();
        }
        noted.forEach(this::write);
    }

    private void write(Line line, int count) {
        LoggingEventBuilder event = (line.event().isSuccess ? LOG.atInfo() : LOG.atWarn())
                .addKeyValue("event.action", line.event().action)
                .addKeyValue("event.outcome", line.event().isSuccess ? "success" : "failure")
                .addKeyValue("event.count", count);
        StringBuilder message = new StringBuilder(line.event().action + (line.event().isSuccess ? "" : " refused"));
        if (line.account() != null) {
            String actor = actor(line.account().name());
            event = event.addKeyValue("user.id", actor)
                    .addKeyValue(
                            "user.roles",
                            line.account().roles().stream().sorted().toList());
            message.append(", actor ").append(actor);
        }
        if (line.address() != null) {
            event = event.addKeyValue("source.ip", line.address().getHostAddress());
            message.append(", from ").append(line.address().getHostAddress());
        }
        if (line.call() != null) {
            event = event.addKeyValue("ledger.call", line.call());
            message.append(", ").append(line.call());
        }
        event.log(message.append(", ")
                .append(count)
                .append(count == 1 ? " time" : " times")
                .toString());
    }

    private String actor(String name) {
        try {
            return actors.apply(name);
        } catch (RuntimeException e) {
            return "unknown";
        }
    }
}
