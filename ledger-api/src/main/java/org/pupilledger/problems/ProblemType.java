package org.pupilledger.problems;

import java.util.Locale;
import java.util.Optional;

/** The problems that callers can meet. Slugs are part of the contract; each has a page that explains it. */
public enum ProblemType {
    INVALID_REQUEST(
            400, "The request is not well formed", "Look at errors: each names a place and what is wrong there."),
    UNAUTHENTICATED(401, "Sign in first", "This needs a user name and password, sent by HTTP Basic authentication."),
    FOREIGN_ORIGIN(
            403,
            "A page of another origin may change nothing here",
            "Send it from a page of this server, or with a program that is no browser. Behind a proxy, the proxy must be"
                    + " named in ledger.security.proxies and say for which host it was asked."),
    FORBIDDEN(403, "Your role may not do this", "Ask someone with the role that may."),
    NOT_FOUND(404, "There is nothing here", "Check the path and the id."),
    NOT_RELEASED(
            404, "This is not released yet", "Its release date is announced; figures are given to nobody before it."),
    METHOD_NOT_ALLOWED(405, "This cannot be done here", "The Allow header names the methods that can."),
    NOT_ACCEPTABLE(
            406,
            "There is no such format",
            "Ask for application/json, or for the type that the interface description names."),
    REQUEST_TIMEOUT(
            408, "The body came too slowly", "Send it again, faster: every body has a deadline, and a least rate."),
    CONFLICT(
            409,
            "This contradicts what is recorded",
            "Read the current state, then correct it instead of telling it again."),
    DUPLICATE_REFERENCE(409, "A reference belongs to another request", "Each department reference is recorded once."),
    STALE_VERSION(412, "It has changed since you read it", "Read it again and decide anew."),
    PAYLOAD_TOO_LARGE(
            413,
            "The body is too large",
            "A JSON body has at most 1 MiB, a CSV file to import 64 MiB, and one to compare 8 MiB."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body has the wrong type",
            "Send application/json, or text/csv for an import, in UTF-8 and not compressed."),
    RULE_BROKEN(422, "A rule of the ledger is broken", "Look at errors: each code names a rule."),
    PERSONAL_DATA(
            422,
            "This looks like an identity or a secret",
            "Nothing that identifies a person, and no password, belongs in the ledger. Use codes and references."),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for something else", "Use a new key for a new request."),
    TOO_MANY_REQUESTS(429, "Too much at once", "Wait as long as the Retry-After header says."),
    INTERNAL_ERROR(
            500,
            "Something went wrong here",
            "Whether anything was recorded is not certain: look before you send it again. Report the instance to whoever"
                    + " runs this."),
    LEDGER_DAMAGED(
            500,
            "What is stored is not what was sealed",
            "It is not shown. The command verify says what else was changed; restore a backup from before that."),
    NOT_SEALED_YET(503, "That is not sealed yet", "Try again after the time in the Retry-After header."),
    NOT_RECORDING(
            503,
            "Nothing is recorded at present",
            "What is recorded now could not be sealed. Reading goes on. Try again after the time in the Retry-After"
                    + " header, under the same idempotency key, and tell whoever runs this if it lasts."),
    UNAVAILABLE(503, "The ledger cannot be reached", "Try again; an idempotency key makes that safe.");

    private final int status;
    private final String title;
    private final String advice;

    ProblemType(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /** As in the path of its page. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }

    public static Optional<ProblemType> parse(String slug) {
        for (ProblemType type : values()) {
            if (type.slug().equals(slug)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The problem for a status that the server itself chose. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> UNAVAILABLE;
            // a version or transfer coding of HTTP that the caller made up
            case 501, 505 -> INVALID_REQUEST;
            default -> status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
        };
    }
}
