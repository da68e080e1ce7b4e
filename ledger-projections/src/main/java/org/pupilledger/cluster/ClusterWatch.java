package org.pupilledger.cluster;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the embedded PostgreSQL again where it dies, a few times with growing pauses, and then gives it up. While there
 * is a reason to wait, such as a full volume, it waits for that to end instead.
 */
public final class ClusterWatch implements AutoCloseable {
    /** Until it is given up, within about ten seconds. */
    public static final int MAX_TRIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** A server that ran for so long counts as one that works. */
    private static final Duration SOUND = Duration.ofMinutes(1);

    private static final long CLOSE_MS = 5_000;

    private final EmbeddedCluster cluster;
    private final Supplier<@Nullable String> wait;
    private final Consumer<String> givenUp;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("cluster-watch").unstarted(this::run);
    private volatile @Nullable String failure;
    private int tries;
    private long startedNanos = System.nanoTime();

    /**
     * @param wait    why it makes no sense to try at present; null where it does
     * @param givenUp told once, with a sentence, when it does not start any more
     */
    public ClusterWatch(EmbeddedCluster cluster, Supplier<@Nullable String> wait, Consumer<String> givenUp) {
        this.cluster = cluster;
        this.wait = wait;
        this.givenUp = givenUp;
    }

    public void start() {
        thread.start();
    }

    /** Why the database does not run; null where it does. */
    public @Nullable String failure() {
        return failure;
    }

    private void run() {
        try {
            while (tries < MAX_TRIES) {
                Thread.sleep(LOOK);
                if (!cluster.isRunning()) {
                    revive();
                }
            }
            givenUp.accept("The database server died and could not be started again in " + MAX_TRIES + " tries. "
                    + failure + " Look into its log below the data directory, then start the ledger again.");
        } catch (InterruptedException e) {
            // closed
            Thread.currentThread().interrupt();
        }
    }

    private void revive() throws InterruptedException {
        if (System.nanoTime() - startedNanos > SOUND.toNanos()) {
            tries = 0;
        }
        say("The database server has died; it is started again.");
        String reason = wait.get();
        if (reason != null) {
            say("The database server has died, and is started again when this is mended: " + reason + ".");
            return;
        }
        tries++;
        try {
            cluster.startAgain();
            LOG.warn("the database server was started again");
            failure = null;
            startedNanos = System.nanoTime();
        } catch (Hindered e) {
            say(e.getMessage() + ".");
            if (tries < MAX_TRIES) {
                Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (tries - 1)));
            }
        }
    }

    /** Once per cause, not per look. */
    private void say(String what) {
        if (!what.equals(failure)) {
            LOG.error("{}", what);
        }
        failure = what;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
