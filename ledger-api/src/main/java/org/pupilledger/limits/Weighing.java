package org.pupilledger.limits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Busy;
import org.pupilledger.failure.TooMuch;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Has each call hold its share of the memory until its answer is on its way. A call with a body takes it when the body is
 * there, since waiting for that needs none.
 */
public final class Weighing implements HandlerInterceptor {
    private static final String SHARE = Weighing.class.getName();
    private static final String WANTED = SHARE + ".wanted";

    /** MiB, of a call that says nothing else. */
    private static final int USUAL = 2;

    /** Bytes of a body for which there is always room. */
    private static final long SMALL_BODY = 16 << 10;

    /** Times its bytes, what a body takes once it is read. */
    private static final int BODY_FACTOR = 8;

    private static final int MEBIBYTE = 1 << 20;

    private final Budget budget;
    private final Budget bodies;

    /**
     * Weighs calls.
     *
     * @param budget for calls
     * @param bodies for bodies that are on their way into memory
     */
    public Weighing(Budget budget, Budget bodies) {
        this.budget = budget;
        this.bodies = bodies;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        int wanted = handler instanceof HandlerMethod method ? weight(method.getMethodAnnotation(Weight.class)) : USUAL;
        if (SlowBodies.hasBody(request)) {
            request.setAttribute(WANTED, wanted);
        } else {
            request.setAttribute(SHARE, budget.take(wanted));
        }
        return true;
    }

    private static int weight(@Nullable Weight weight) {
        return weight == null ? USUAL : weight.value();
    }

    /**
     * Has a call hold as much as it turns out to take.
     *
     * @throws TooMuch it would take more than there is
     */
    public void weighAnew(HttpServletRequest request, long bytes) {
        int wanted = mebibytes(bytes);
        if (!budget.holds(wanted)) {
            throw new TooMuch(
                    "format",
                    "So many rows in this format take more memory than this server has: ask for fewer months, or csv.");
        }
        // given back first: nobody holds something and waits for more
        giveBack(request);
        request.setAttribute(SHARE, budget.take(wanted));
    }

    /**
     * Reads a body into memory, which may take its time.
     *
     * @param from its bytes, of which somebody may have looked at the first
     * @param most bytes
     * @return at most one byte more than that
     * @throws Busy there is no room for it
     */
    public byte[] read(HttpServletRequest request, InputStream from, int most) throws IOException {
        long announced = request.getContentLengthLong();
        byte[] body;
        if (announced >= 0 && announced <= SMALL_BODY) {
            body = from.readNBytes(most + 1);
        } else {
            long room = announced < 0 ? most : Math.min(announced, most);
            try (Budget.Share _ = bodies.take(mebibytes(room))) {
                body = from.readNBytes(most + 1);
            }
        }
        bodyIsThere(request, mebibytes((long) BODY_FACTOR * body.length));
        return body;
    }

    private static int mebibytes(long bytes) {
        return Math.toIntExact((bytes + MEBIBYTE - 1) / MEBIBYTE);
    }

    /**
     * To be called when the body of a call has come.
     *
     * @param more MiB, beside what the call takes anyway
     */
    public void bodyIsThere(HttpServletRequest request, int more) {
        if (request.getAttribute(WANTED) instanceof Integer wanted && request.getAttribute(SHARE) == null) {
            request.setAttribute(SHARE, budget.take(wanted + more));
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        giveBack(request);
    }

    private static void giveBack(HttpServletRequest request) {
        if (request.getAttribute(SHARE) instanceof Budget.Share share) {
            share.close();
        }
    }
}
