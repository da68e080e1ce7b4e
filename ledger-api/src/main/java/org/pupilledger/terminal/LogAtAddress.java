package org.pupilledger.terminal;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.logs.TiledLog;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.Tile;
import org.pupilledger.verdict.VerificationStopped;

/**
 * A log that is published by HTTP, which may answer anything. An answer that it has not, or that is too long, is as good as
 * missing. Everything comes from the one place that was named: a redirect is not followed.
 */
public final class LogAtAddress implements TiledLog, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final int OK = 200;

    /** Not there, or not for everybody: who is not signed in sees hashes, and those of a daily checkpoint. */
    private static final Set<Integer> NOT_GIVEN = Set.of(401, 403, 404, 410);

    private final URI base;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final boolean hasEntries;

    /** It cannot be said what the log is: there is no answer in time, or one that says nothing about it. */
    public static final class Unreachable extends RuntimeException {
        Unreachable(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A log under {@code base}: its checkpoint is {@code <base>/checkpoint}.
     *
     * @param base     http or https, with a host
     * @param patience for one answer, to its last byte
     * @throws IllegalArgumentException it is no such address
     * @throws Unreachable              it does not answer
     */
    public LogAtAddress(URI base, Duration patience) {
        if (!isLike(base.toString())
                || base.getHost() == null
                || base.getQuery() != null
                || base.getFragment() != null) {
            throw new IllegalArgumentException("an address has the form http://host/path");
        }
        String text = base.toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
        this.patience = patience;
        this.hasEntries = hasSomeEntries();
    }

    /** Whether a text begins as an address does. */
    public static boolean isLike(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    private boolean hasSomeEntries() {
        long size = Checkpoint.saidIn(checkpoint()).map(Checkpoint::size).orElse(0L);
        return size > 0 && has("tile/" + EntryBundle.path(0, Tile.of(0, 0, size).width()));
    }

    @Override
    public String what() {
        return "log";
    }

    @Override
    public boolean hasEntries() {
        return hasEntries;
    }

    @Override
    public boolean has(String path) {
        return answer(path, 0).statusCode() == OK;
    }

    @Override
    public byte @Nullable [] read(String path, int maxBytes) {
        HttpResponse<byte @Nullable []> answer = answer(path, maxBytes);
        return answer.statusCode() == OK ? answer.body() : null;
    }

    private HttpResponse<byte @Nullable []> answer(String path, int maxBytes) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).build();
        CompletableFuture<HttpResponse<byte @Nullable []>> answer =
                client.sendAsync(request, about -> new Limited(maxBytes));
        try {
            HttpResponse<byte @Nullable []> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (status != OK && !NOT_GIVEN.contains(status)) {
                throw new Unreachable("The log cannot be read: its answer for " + path + " has the status " + status
                        + ". A redirect is not followed.");
            }
            return response;
        } catch (ExecutionException e) {
            throw new Unreachable("The log cannot be read: there is no answer for " + path + " ("
                    + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName() + ").");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Unreachable("The log cannot be read: the answer for " + path + " did not come within "
                    + patience.toSeconds() + " s.");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new VerificationStopped();
        }
    }

    /** Takes an answer up to a limit; beyond it, it wants no more, and the answer is null. */
    private static final class Limited implements HttpResponse.BodySubscriber<byte @Nullable []> {
        private final int maxBytes;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte @Nullable []> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        Limited(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public CompletionStage<byte @Nullable []> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] chunk = new byte[Math.min(buffer.remaining(), maxBytes + 1 - bytes.size())];
                buffer.get(chunk);
                bytes.writeBytes(chunk);
            }
            if (bytes.size() > maxBytes && subscription != null) {
                subscription.cancel();
                body.complete(null);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
