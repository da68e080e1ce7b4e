package org.pupilledger.problems;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 says it. Nothing in it repeats what the caller typed.
 *
 * @param type     path of the page that explains it
 * @param instance {@code urn:uuid:} and a random id, also in the log of an internal error
 * @param errors   for 400 and 422: every place and what is wrong there; null for the rest
 */
@Schema(name = "Problem", description = "RFC 9457 problem details, as application/problem+json.")
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable List<Flaw> errors) {
    /** @param pointer RFC 6901 pointer into the body, or the name of a query parameter or header */
    @Schema(name = "ProblemError")
    public record Flaw(String pointer, String code, String detail) {}

    static Problem of(ProblemType type) {
        return of(type, type.advice(), null);
    }

    static Problem of(ProblemType type, List<Flaw> errors) {
        return of(type, type.advice(), errors);
    }

    static Problem of(ProblemType type, String detail) {
        return of(type, detail, null);
    }

    private static Problem of(ProblemType type, String detail, @Nullable List<Flaw> errors) {
        return new Problem(
                "/problems/" + type.slug(),
                type.title(),
                type.status(),
                detail,
                "urn:uuid:" + UUID.randomUUID(),
                errors);
    }
}
