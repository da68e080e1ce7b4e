package org.pupilledger.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;

/**
 * Gives every body a deadline and a least rate, whoever sends it. Where it is not read to its end, since the request is
 * refused, the connection is closed with the answer.
 */
public final class SlowBodies extends OncePerRequestFilter {
    private final HttpLimits limits;

    public SlowBodies(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean hasBody = hasBody(request);
        if (hasBody) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(hasBody ? new Bounded(request, response) : request, response);
    }

    /** As far as its head says. */
    static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private final class Bounded extends HttpServletRequestWrapper {
        private final HttpServletResponse response;
        private @Nullable ServletInputStream body;

        Bounded(HttpServletRequest request, HttpServletResponse response) {
            super(request);
            this.response = response;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream reading = body;
            if (reading == null) {
                reading = new Body(super.getInputStream(), getContentLengthLong(), response);
                body = reading;
            }
            return reading;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private final class Body extends ServletInputStream {
        private final ServletInputStream from;
        private final long length;
        private final HttpServletResponse response;
        private final long startNanos = System.nanoTime();
        private long received;

        Body(ServletInputStream from, long length, HttpServletResponse response) {
            this.from = from;
            this.length = length;
            this.response = response;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int count) throws IOException {
            int came;
            try {
                came = from.read(to, offset, count);
            } catch (SocketTimeoutException e) {
                throw new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT);
            }
            received += Math.max(came, 0);
            if (came < 0 || received == length) {
                keepConnection();
                return came;
            }
            long lasted = System.nanoTime() - startNanos;
            if (limits.isTooSlow(lasted, received) || lasted > limits.deadline().toNanos()) {
                throw new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT);
            }
            return came;
        }

        private void keepConnection() {
            if (!response.isCommitted()) {
                response.setHeader(HttpHeaders.CONNECTION, null);
            }
        }

        @Override
        public boolean isFinished() {
            return from.isFinished();
        }

        @Override
        public boolean isReady() {
            return from.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            from.setReadListener(listener);
        }
    }
}
