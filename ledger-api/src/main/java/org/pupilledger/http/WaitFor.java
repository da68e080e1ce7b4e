package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupilledger.failure.NotYet;
import org.pupilledger.node.Waiting;
import org.pupilledger.reading.InvalidInput;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that a call does not have, since a misspelt one must not be lost in silence, and lets reads
 * wait for the event that {@code waitFor} names.
 */
public final class WaitFor implements HandlerInterceptor {
    public static final Duration AT_MOST = Duration.ofSeconds(5);

    /** Who may wait at once: each asks the database again and again. */
    private static final int MAX_WAITING = 100;

    private static final String NAME = "waitFor";
    private static final Pattern SYNTAX = Pattern.compile("([A-Za-z0-9_.-]{1,64}):([0-9]{1,9})");

    private final Waiting ledger;
    private final Set<Package> rooms;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final Map<HandlerMethod, Set<String>> parameters = new ConcurrentHashMap<>();

    /** @param rooms whose calls name all their parameters */
    public WaitFor(Waiting ledger, Set<Package> rooms) {
        this.ledger = ledger;
        this.rooms = Set.copyOf(rooms);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && isOurs(method)) {
            checkParameters(request, parameters.computeIfAbsent(method, WaitFor::parametersOf));
            String waitFor = request.getParameter(NAME);
            if (waitFor != null) {
                await(waitFor, request.getUserPrincipal() != null);
            }
        }
        return true;
    }

    private boolean isOurs(HandlerMethod method) {
        return rooms.contains(method.getBeanType().getPackage());
    }

    private static Set<String> parametersOf(HandlerMethod method) {
        Set<String> names = new HashSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.getParameterType() == String.class && !parameter.hasParameterAnnotation(PathVariable.class)) {
                names.add(parameter.getParameter().getName());
            }
        }
        return names;
    }

    private static void checkParameters(HttpServletRequest request, Set<String> known) {
        request.getParameterMap().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new InvalidInput("", "unknown-parameter", "There is a query parameter that is not known here.");
            }
            if (values.length > 1) {
                throw new InvalidInput(name, "repeated", "Give this parameter once.");
            }
        });
    }

    private void await(String waitFor, boolean isSignedIn) {
        Matcher event = SYNTAX.matcher(waitFor);
        if (!event.matches()) {
            throw new InvalidInput(NAME, "malformed", "Give the id and the sequence, as in <id>:<sequence>.");
        }
        // Anonymous callers see only what is released; letting them wait would tell which events there are.
        if (!isSignedIn) {
            return;
        }
        if (!waiting.tryAcquire()) {
            throw NotYet.sealed();
        }
        try {
            if (!ledger.awaitProjected(event.group(1), Long.parseLong(event.group(2)), AT_MOST)) {
                throw NotYet.sealed();
            }
        } finally {
            waiting.release();
        }
    }
}
