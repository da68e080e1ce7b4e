package org.pupilledger.limits;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 as Tomcat speaks it, with connections that are bounded in number, and in how long they may keep it waiting. */
public final class BoundedProtocol extends Http11NioProtocol {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int BACKLOG = 1_000;

    private final Connections connections;
    private final Endpoint endpoint;
    private @Nullable ScheduledExecutorService watch;

    public BoundedProtocol() {
        this(new Connections());
    }

    private BoundedProtocol(Connections connections) {
        this(connections, new Endpoint(connections));
    }

    private BoundedProtocol(Connections connections, Endpoint endpoint) {
        super(endpoint);
        this.connections = connections;
        this.endpoint = endpoint;
    }

    /** Before it starts. */
    public void limit(HttpLimits limits) {
        int patienceMs = Math.toIntExact(limits.patience().toMillis());
        setConnectionTimeout(patienceMs);
        setAcceptCount(BACKLOG);
        // a body that nobody may send is not asked for
        setContinueResponseTiming("onRead");
        // those that are being ended are still counted
        setMaxConnections(2 * limits.connections());
        // a thread that waits for a slow caller costs next to nothing
        setExecutor(new VirtualThreadExecutor("http-"));
        endpoint.limits = limits;
    }

    @Override
    public void start() throws Exception {
        super.start();
        HttpLimits limits = Objects.requireNonNull(endpoint.limits, "limits");
        // no virtual thread: it has to run when all of those are busy
        ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("connections").factory());
        var _ = watching.scheduleWithFixedDelay(
                () -> connections.look(limits), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        watch = watching;
    }

    @Override
    public void stop() throws Exception {
        ScheduledExecutorService watching = watch;
        if (watching != null) {
            watching.shutdownNow();
        }
        super.stop();
    }

    @Override
    protected Processor createProcessor() {
        return new BoundedProcessor(this, new Serving(getAdapter()));
    }

    /** Admits connections. */
    private static final class Endpoint extends NioEndpoint {
        private final Connections open;
        private volatile @Nullable HttpLimits limits;

        Endpoint(Connections connections) {
            this.open = connections;
            // so that a connection's object is of that connection alone
            getSocketProperties().setBufferPool(0);
        }

        @Override
        protected NioChannel createChannel(SocketBufferHandler buffers) {
            return new Connection(buffers, open);
        }

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            HttpLimits most = Objects.requireNonNull(limits, "limits");
            try {
                if (open.admit(socket.getRemoteAddress(), most)) {
                    return super.setSocketOptions(socket);
                }
            } catch (IOException e) {
                // it is gone already
            }
            destroySocket(socket);
            return true;
        }
    }

    /** Tells the connection what it is at. */
    private static final class BoundedProcessor extends Http11Processor {
        private final Serving serving;

        BoundedProcessor(BoundedProtocol protocol, Serving serving) {
            super(protocol, serving);
            this.serving = serving;
        }

        @Override
        public SocketState service(SocketWrapperBase<?> wrapper) throws IOException {
            if (!(wrapper.getSocket() instanceof Connection connection)) {
                return super.service(wrapper);
            }
            serving.connection = connection;
            connection.readsHead();
            SocketState state;
            try {
                state = super.service(wrapper);
            } catch (OutOfMemoryError e) {
                // Tomcat would log it and go on
                OutOfMemory.endIfIn(e);
                throw e;
            }
            connection.rests(state == SocketState.LONG);
            serving.connection = null;
            return state;
        }
    }

    /** Between the protocol and the servlets. */
    private static final class Serving implements Adapter {
        private final Adapter servlets;
        private @Nullable Connection connection;

        Serving(Adapter servlets) {
            this.servlets = servlets;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            Connection of = connection;
            if (of != null) {
                of.serves();
            }
            servlets.service(request, response);
            if (of != null) {
                of.ends("close".equalsIgnoreCase(response.getMimeHeaders().getHeader("Connection")));
            }
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return servlets.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
            return servlets.asyncDispatch(request, response, status);
        }

        @Override
        public void log(Request request, Response response, long time) {
            servlets.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            servlets.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return servlets.getDomain();
        }
    }
}
