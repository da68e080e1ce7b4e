package org.pupilledger.problems;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Busy;
import org.pupilledger.failure.Damaged;
import org.pupilledger.failure.NotYet;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PlainBody;
import org.pupilledger.imports.ImportStopped;
import org.pupilledger.limits.OutOfMemory;
import org.pupilledger.organisation.NameRefused;
import org.pupilledger.organisation.StaleOrganisation;
import org.pupilledger.privacy.Guard;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.refusal.Refused;
import org.pupilledger.replay.CsvUnusable;
import org.pupilledger.security.ProblemWriter;
import org.pupilledger.security.SecurityHeaders;
import org.pupilledger.tlog.LogUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.json.JsonMapper;

/** Maps every failure to its problem, once. What was not foreseen is a bare 500 whose id is in the log. */
@RestControllerAdvice
public final class Problems implements ProblemWriter {
    /** Counts refusals by rule or problem; no label holds anything that a caller typed. */
    static final String REFUSALS = "ledger.refusals";

    private static final int RETRY_AFTER_S = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final long SAY_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, Long> unavailable = new ConcurrentHashMap<>();
    private final JsonMapper json;
    private final MeterRegistry meters;

    public Problems(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    /** Left to the door, which asks whoever is not signed in for credentials. */
    @ExceptionHandler
    @SuppressWarnings("DoNotCallSuggester") // Spring does
    void ask(AuthenticationException failure) {
        throw failure;
    }

    /** Left to the door too, which logs it. */
    @ExceptionHandler
    @SuppressWarnings("DoNotCallSuggester") // Spring does
    void refuse(AccessDeniedException denied) {
        throw denied;
    }

    @ExceptionHandler
    ResponseEntity<Problem> answer(Exception failure) {
        return answer(failure, problem(failure));
    }

    /** The problem that stands for a failure; counts it. */
    public Problem problem(Exception failure) {
        OutOfMemory.endIfIn(failure);
        Problem problem = switch (failure) {
            case InvalidInput invalid -> Problem.of(ProblemType.INVALID_REQUEST, flaws(invalid));
            case PersonalDataFound found -> Problem.of(ProblemType.PERSONAL_DATA, flaws(found));
            case NameRefused name -> Problem.of(ProblemType.PERSONAL_DATA, List.of(flawOf("/name", name.finding())));
            case Refused refused -> refused(refused);
            case StaleOrganisation stale -> Problem.of(ProblemType.STALE_VERSION);
            case NothingHere nothing -> Problem.of(ProblemType.NOT_FOUND);
            case PlainBody.Compressed compressed -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE);
            // the caller has gone, or speaks no HTTP
            case BadRequestException gone -> Problem.of(ProblemType.INVALID_REQUEST);
            case CsvUnusable unusable -> flaw("", "malformed", sentence(unusable));
            case NotYet early -> early(early);
            case Damaged damaged -> damaged(damaged);
            case Busy busy -> busy(busy);
            case TooMuch much when much.of().isEmpty() -> Problem.of(ProblemType.PAYLOAD_TOO_LARGE);
            case TooMuch much -> flaw(much.of(), "too-many", sentence(much));
            case ImportStopped stopped -> stopped(stopped);
            case InvalidParameterException malformed -> malformedQuery();
            case RequestRejectedException malformed -> malformedQuery();
            case HttpMessageNotReadableException unreadable -> flaw("", "malformed-json", "A JSON body is expected.");
            case ErrorResponse response ->
                Problem.of(ProblemType.ofStatus(response.getStatusCode().value()));
            case DataAccessException unavailable -> unavailable(unavailable);
            case TransactionException unavailable -> unavailable(unavailable);
            case ConcurrencyException unavailable -> unavailable(unavailable);
            default -> LogUnavailable.isMeantBy(failure) ? unavailable(failure) : unforeseen(failure);
        };
        count(problem);
        return problem;
    }

    /** Writes the problem for a status where no controller was reached. */
    @Override
    public void write(HttpServletResponse response, int status) throws IOException {
        write(response, Problem.of(ProblemType.ofStatus(status)));
    }

    @Override
    public void refuseForeign(HttpServletResponse response) throws IOException {
        write(response, Problem.of(ProblemType.FOREIGN_ORIGIN));
    }

    private void write(HttpServletResponse response, Problem problem) throws IOException {
        count(problem);
        response.setStatus(problem.status());
        SecurityHeaders.writeToError(response);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    private static ResponseEntity<Problem> answer(Exception failure, Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        // else Spring makes up a file name where a path looks like a file
        headers.setContentDisposition(ContentDisposition.inline().build());
        if (problem.status() == ProblemType.UNAVAILABLE.status()
                || problem.status() == ProblemType.TOO_MANY_REQUESTS.status()) {
            int seconds = failure instanceof Busy busy ? busy.with().retryAfterS() : RETRY_AFTER_S;
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        }
        if (failure instanceof PlainBody.Compressed) {
            // RFC 9110, 15.5.16: what would have been taken
            headers.set(HttpHeaders.ACCEPT_ENCODING, PlainBody.IDENTITY);
        }
        if (failure instanceof HttpRequestMethodNotSupportedException unsupported) {
            Set<HttpMethod> allowed = unsupported.getSupportedHttpMethods();
            if (allowed != null) {
                headers.set(HttpHeaders.ALLOW, allow(allowed));
            }
        }
        return ResponseEntity.status(problem.status()).headers(headers).body(problem);
    }

    /** HEAD works where GET does. */
    private static String allow(Set<HttpMethod> allowed) {
        Set<String> names = allowed.stream().map(HttpMethod::name).collect(Collectors.toCollection(TreeSet::new));
        if (names.contains(HttpMethod.GET.name())) {
            names.add(HttpMethod.HEAD.name());
        }
        return String.join(", ", names);
    }

    private static Problem refused(Refused refused) {
        return switch (refused) {
            case Refused.RuleBroken broken ->
                Problem.of(
                        ProblemType.RULE_BROKEN,
                        broken.violations().stream()
                                .map(violation -> new Problem.Flaw(
                                        violation.pointer(), violation.rule().code(), violation.detail()))
                                .toList());
            case Refused.Incomplete incomplete ->
                Problem.of(
                        ProblemType.INVALID_REQUEST,
                        incomplete.pointers().stream()
                                .map(pointer -> new Problem.Flaw(pointer, "required", "This is required."))
                                .toList());
            case Refused.Conflict conflict ->
                Problem.of(ProblemType.CONFLICT, conflict.reason().detail());
            case Refused.PersonalData found ->
                Problem.of(ProblemType.PERSONAL_DATA, List.of(flawOf(found.pointer(), found.finding())));
            case Refused.DuplicateReference duplicate -> Problem.of(ProblemType.DUPLICATE_REFERENCE);
            case Refused.StaleVersion stale -> Problem.of(ProblemType.STALE_VERSION);
            case Refused.Unknown unknown -> Problem.of(ProblemType.NOT_FOUND);
            case Refused.KeyReused reused -> Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED);
        };
    }

    private Problem early(NotYet early) {
        return switch (early.what()) {
            case SEALED -> Problem.of(ProblemType.NOT_SEALED_YET);
            case RELEASED -> Problem.of(ProblemType.NOT_RELEASED, sentence(early));
            case PUBLIC -> Problem.of(ProblemType.CONFLICT, sentence(early));
            case RECORDED -> Problem.of(ProblemType.NOT_RECORDING, "Nothing was recorded: " + sentence(early) + ".");
            case TIMED -> Problem.of(ProblemType.UNAVAILABLE, sentence(early));
            case REACHED -> flaw("atPosition", "out-of-range", "The ledger has no such position yet.");
            case AVAILABLE -> unavailable(early);
        };
    }

    private static Problem busy(Busy busy) {
        return switch (busy.with()) {
            case REBUILD -> Problem.of(ProblemType.CONFLICT, sentence(busy));
            case IMPORTS -> Problem.of(ProblemType.UNAVAILABLE);
            case REPLAYS, BACKUP -> Problem.of(ProblemType.TOO_MANY_REQUESTS);
            case BUNDLES, MEMORY -> Problem.of(ProblemType.TOO_MANY_REQUESTS, sentence(busy));
        };
    }

    private static String sentence(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static List<Problem.Flaw> flaws(InvalidInput invalid) {
        return invalid.flaws().stream()
                .map(flaw -> new Problem.Flaw(flaw.pointer(), flaw.code(), flaw.detail()))
                .toList();
    }

    private static List<Problem.Flaw> flaws(PersonalDataFound found) {
        return found.places().stream()
                .map(place -> flawOf(place.pointer(), place.finding()))
                .toList();
    }

    private static Problem.Flaw flawOf(String pointer, Guard.Finding finding) {
        return new Problem.Flaw(pointer, finding.code(), "This looks like " + finding.label() + ".");
    }

    private static Problem flaw(String pointer, String code, String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, List.of(new Problem.Flaw(pointer, code, detail)));
    }

    /** Parameters and headers are looked at when they are asked for, which can be as late as here. */
    private static Problem malformedQuery() {
        return flaw("", "malformed-query", "The query of the address, or a header, is not well formed.");
    }

    /** As bad as what stopped it, but something may be recorded. */
    private Problem stopped(ImportStopped stopped) {
        Problem reason = problem(stopped.reason());
        return new Problem(
                reason.type(), reason.title(), reason.status(), sentence(stopped), reason.instance(), reason.errors());
    }

    private Problem unavailable(Exception failure) {
        Problem problem = Problem.of(ProblemType.UNAVAILABLE);
        String cause = failure.getClass().getName();
        long now = System.nanoTime();
        Long before = unavailable.get(cause);
        // a database that is gone fails every call
        if (before == null || now - before > SAY_AGAIN_NANOS) {
            unavailable.put(cause, now);
            LOG.warn("{} {}", problem.instance(), cause);
        }
        return problem;
    }

    private static Problem damaged(Exception failure) {
        Problem problem = Problem.of(ProblemType.LEDGER_DAMAGED);
        LOG.error("{} {}", problem.instance(), trace(failure));
        return problem;
    }

    private static Problem unforeseen(Exception failure) {
        Problem problem = Problem.of(ProblemType.INTERNAL_ERROR);
        LOG.error("{} {}", problem.instance(), trace(failure));
        return problem;
    }

    /** Where it happened, without messages, which might quote data. */
    private static String trace(Throwable failure) {
        StringBuilder trace = new StringBuilder();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            trace.append(cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                trace.append("\n  at ").append(frame);
            }
            trace.append('\n');
        }
        return trace.toString();
    }

    private void count(Problem problem) {
        List<Problem.Flaw> errors = problem.errors();
        if (errors == null) {
            meters.counter(REFUSALS, "rule", problem.type().substring("/problems/".length()))
                    .increment();
        } else {
            errors.forEach(
                    error -> meters.counter(REFUSALS, "rule", error.code()).increment());
        }
    }
}
