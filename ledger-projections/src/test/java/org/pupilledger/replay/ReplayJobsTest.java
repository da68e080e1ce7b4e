package org.pupilledger.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Await;
import org.pupilledger.failure.Busy;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.period.By;
import org.pupilledger.refusal.Refused;
import org.pupilledger.replay.ReplayJobs.Answer;
import org.pupilledger.replay.ReplayJobs.Asked;
import org.pupilledger.replay.ReplayJobs.Job;
import org.pupilledger.replay.ReplayJobs.State;

@Timeout(30)
class ReplayJobsTest {
    private static final Answer NOTHING =
            new Answer(new FiguresTable(null, null, By.MONTH, null, null, List.of()), null);

    private static final Asked ASKED = new Asked(
            Instant.EPOCH, null, null, new FiguresQuery(null, null, By.MONTH, null, null, false, false), null);

    private final ReplayJobs jobs = new ReplayJobs(UUID::randomUUID);
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void close() {
        open.countDown();
        jobs.close();
    }

    private Job waiting() {
        return jobs.submit(null, "", ASKED, listener -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new CancellationException();
            }
            listener.at(1, 1);
            return NOTHING;
        });
    }

    @Test
    void oneRunsAFewWaitAndNoMoreAreTakenOn() {
        List<Job> taken = new ArrayList<>(List.of(waiting()));
        Await.until("it runs", () -> taken.getFirst().state() == State.RUNNING);
        for (int i = 0; i < ReplayJobs.MAX_WAITING; i++) {
            taken.add(waiting());
        }

        assertThatThrownBy(this::waiting)
                .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.with()).isEqualTo(Busy.With.REPLAYS));
        assertThat(taken.stream().skip(1)).allMatch(job -> job.state() == State.WAITING);
        open.countDown();
        Await.until("all are done", () -> taken.stream().allMatch(job -> job.state() == State.DONE));
        assertThat(taken).allMatch(job -> job.percent() == 100 && NOTHING.equals(job.answer()));
    }

    @Test
    void oneThatIsCancelledEndsAtItsNextStepAndOneThatWaitsNeverBegins() {
        Job running = waiting();
        Await.until("it runs", () -> running.state() == State.RUNNING);
        Job next = waiting();
        jobs.cancel(next);
        jobs.cancel(running);
        open.countDown();

        Await.until("it has ended", () -> running.state() == State.CANCELLED);
        Job last = waiting();
        Await.until("the queue went on", () -> last.state() == State.DONE);
        assertThat(next.state()).isEqualTo(State.CANCELLED);
        assertThat(next.answer()).isNull();
    }

    @Test
    void whyOneFailedIsKept() {
        Job job = jobs.submit(null, "", ASKED, listener -> {
            throw new IllegalStateException("for this test");
        });

        Await.until("it has failed", () -> job.state() == State.FAILED);
        assertThat(job.failure()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theNewestAreRemembered() {
        Job first = jobs.submit("key", "content", ASKED, listener -> NOTHING);
        assertThat(jobs.submit("key", "content", ASKED, listener -> NOTHING)).isSameAs(first);
        assertThatThrownBy(() -> jobs.submit("key", "other", ASKED, listener -> NOTHING))
                .isInstanceOf(Refused.KeyReused.class);
        for (int i = 0; i <= ReplayJobs.MAX_KEPT; i++) {
            Job job = jobs.submit(null, "", ASKED, listener -> NOTHING);
            Await.until("it is done", () -> job.state() == State.DONE);
        }

        assertThat(jobs.all()).hasSizeLessThanOrEqualTo(ReplayJobs.MAX_KEPT);
        assertThat(jobs.find(first.id())).isEmpty();
        assertThat(jobs.submit("key", "other", ASKED, listener -> NOTHING)).isNotSameAs(first);
    }
}
