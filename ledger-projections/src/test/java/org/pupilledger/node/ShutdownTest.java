package org.pupilledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Await;

@Timeout(30)
class ShutdownTest {
    private final List<String> stopped = Collections.synchronizedList(new ArrayList<>());
    private final Shutdown shutdown = new Shutdown();

    @Test
    void stopsInTheOppositeOrderAlsoWhereSomethingFails() {
        RuntimeException one = new IllegalStateException("one");
        RuntimeException two = new IllegalStateException("two");
        shutdown.add(() -> stopped.add("first"));
        shutdown.add(() -> {
            throw two;
        });
        shutdown.add(() -> stopped.add("second"));
        shutdown.add(() -> {
            throw one;
        });

        assertThatThrownBy(shutdown::close).isSameAs(one).hasSuppressedException(two);
        assertThat(stopped).containsExactly("second", "first");
    }

    /** An interrupt at any step, not only before the first. */
    @Test
    void anInterruptCutsNoWaitShortAndIsNotForgotten() {
        Thread closing = Thread.currentThread();
        for (String name : List.of("first", "second", "third")) {
            shutdown.add(() -> {
                closing.interrupt();
                Await.pause(20);
                stopped.add(name + " " + Thread.currentThread().isInterrupted());
            });
        }

        shutdown.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).containsExactly("third false", "second false", "first false");
    }
}
