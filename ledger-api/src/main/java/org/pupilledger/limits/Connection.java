package org.pupilledger.limits;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** One connection: what it is at, and how many bytes have come and gone. Is never used for another one. */
final class Connection extends NioChannel {
    /** What a connection is at. */
    enum Phase {
        /** Between requests, or before the first. */
        IDLE,
        /** A request has begun, and its head is not whole yet. */
        HEAD,
        /** A request is answered; its body may still be on its way. */
        SERVING,
        /** It is answered, and what is left of its body is read, so that the answer is not lost. */
        ENDING
    }

    /** How long the rest of a body is read that nobody wants. */
    private static final long LINGER_NANOS = 1_000_000_000L;

    /** What is everybody's to send a request, or the first of a body. */
    private static final double YOUNG_SECONDS = 2;

    private final Connections connections;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong blockedNanos = new AtomicLong();
    private volatile String address = "";
    private volatile Phase phase = Phase.IDLE;
    private volatile long sinceNanos = System.nanoTime();
    private volatile boolean hasAsked;
    private volatile boolean isEnded;
    private volatile boolean isStarved;
    private volatile long blockedSinceNanos;
    private volatile boolean isBlocked;

    Connection(SocketBufferHandler buffers, Connections connections) {
        super(buffers);
        this.connections = connections;
    }

    @Override
    public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper) throws IOException {
        super.reset(channel, wrapper);
        if (channel == null) {
            connections.remove(this);
        } else {
            address = addressOf(channel.getRemoteAddress());
            connections.add(this);
        }
    }

    @Override
    public void free() {
        connections.remove(this);
        super.free();
    }

    /** Of one caller; of IPv6 the first half, since the other is at each network's choice. */
    static String addressOf(@Nullable SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress socket) || socket.getAddress() == null) {
            return "";
        }
        byte[] bytes = socket.getAddress().getAddress();
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, Long.BYTES));
    }

    String address() {
        return address;
    }

    /** Bytes of a head have come. */
    void readsHead() {
        if (phase == Phase.IDLE) {
            enter(Phase.HEAD);
        }
    }

    void serves() {
        received.set(0);
        sent.set(0);
        blockedNanos.set(0);
        enter(Phase.SERVING);
    }

    /** @param isLast nothing else will be answered here, and the caller is told so at once */
    void ends(boolean isLast) {
        hasAsked = true;
        enter(Phase.ENDING);
        if (isLast) {
            try {
                getIOChannel().shutdownOutput();
            } catch (IOException | RuntimeException e) {
                // it is gone already
            }
        }
    }

    /** @param isAmidHead some of the next head has come already */
    void rests(boolean isAmidHead) {
        if (phase != Phase.HEAD || !isAmidHead) {
            enter(isAmidHead ? Phase.HEAD : Phase.IDLE);
        }
    }

    private void enter(Phase next) {
        sinceNanos = System.nanoTime();
        phase = next;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int count = super.read(to);
        isStarved = count == 0;
        if (count > 0) {
            received.addAndGet(count);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = super.write(from);
        sent.addAndGet(Math.max(count, 0));
        if (from.hasRemaining() && !isBlocked) {
            blockedSinceNanos = System.nanoTime();
            isBlocked = true;
        } else if (!from.hasRemaining() && isBlocked) {
            isBlocked = false;
            blockedNanos.addAndGet(System.nanoTime() - blockedSinceNanos);
        }
        return count;
    }

    /** Ends it where it has kept the server waiting for too long. */
    void look(HttpLimits limits, long nowNanos) {
        long lasted = nowNanos - sinceNanos;
        boolean isOverdue = switch (phase) {
            case IDLE -> !hasAsked && lasted > limits.patience().toNanos();
            case HEAD -> lasted > limits.patience().toNanos();
            case SERVING ->
                isBlocked && limits.isTooSlow(blockedNanos.get() + nowNanos - blockedSinceNanos, sent.get());
            case ENDING -> lasted > LINGER_NANOS;
        };
        if (isOverdue) {
            end();
        }
    }

    /**
     * How little is lost when it makes room for another: the higher, the sooner it goes. 0 or less where it stays, since
     * it is being worked on.
     */
    double expendability(long nowNanos) {
        double seconds = Math.max(nowNanos - sinceNanos, 1) / 1e9;
        if (isEnded) {
            return 0;
        }
        // within a class the one that has waited longest; a day is longer than anything here
        double age = Math.min(seconds / 86_400, 0.99);
        boolean isYoung = seconds < YOUNG_SECONDS;
        return switch (phase) {
            case ENDING -> 5 + age;
            // what was sent at once may not be looked at yet
            case IDLE -> (hasAsked ? 3 : isYoung ? 1 : 4) + age;
            case HEAD -> (isYoung ? 1 : 4) + age;
            // then who moves least
            case SERVING ->
                !isYoung && (isStarved || isBlocked) ? 2 + 1 / (2 + (isBlocked ? sent : received).get() / seconds) : 0;
        };
    }

    boolean isEnded() {
        return isEnded;
    }

    /** Lets Tomcat find it closed by the other side, and clear up in its own threads. */
    void end() {
        isEnded = true;
        SocketChannel channel = getIOChannel();
        if (channel == null) {
            return;
        }
        try {
            if (isBlocked) {
                // nobody will read what is in the buffers of the operating system
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException | RuntimeException e) {
            // it is gone already
        }
    }
}
