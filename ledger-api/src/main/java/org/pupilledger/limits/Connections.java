package org.pupilledger.limits;

import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open. There is always room for a newcomer: it takes the place of the one that is missed
 * least, so that whoever fills all places keeps nobody out.
 */
final class Connections {
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    void add(Connection connection) {
        open.add(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    /**
     * Makes room for one more.
     *
     * @return false where every connection is being worked on
     */
    boolean admit(@Nullable SocketAddress remote, HttpLimits limits) {
        String address = Connection.addressOf(remote);
        int all = 0;
        int ofAddress = 0;
        for (Connection connection : open) {
            if (!connection.isEnded()) {
                all++;
                if (connection.address().equals(address)) {
                    ofAddress++;
                }
            }
        }
        if (ofAddress >= limits.connectionsPerAddress()) {
            return endLeastMissed(address);
        }
        return all < limits.connections() || endLeastMissed(null);
    }

    private boolean endLeastMissed(@Nullable String address) {
        long nowNanos = System.nanoTime();
        Connection least = null;
        double most = 0;
        for (Connection connection : open) {
            if (address == null || connection.address().equals(address)) {
                double expendability = connection.expendability(nowNanos);
                if (expendability > most) {
                    most = expendability;
                    least = connection;
                }
            }
        }
        if (least == null) {
            return false;
        }
        least.end();
        return true;
    }

    /** Ends those that have kept the server waiting for too long. */
    void look(HttpLimits limits) {
        long nowNanos = System.nanoTime();
        for (Connection connection : open) {
            if (!connection.isEnded()) {
                connection.look(limits, nowNanos);
            }
        }
    }
}
