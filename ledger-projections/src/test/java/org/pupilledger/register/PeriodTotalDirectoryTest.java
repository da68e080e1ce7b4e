package org.pupilledger.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;

import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.request.RequestCommand.AnnulRequest;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.AnnulPeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.RecordPeriodTotal;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.spans.PeriodTotalId;
import org.pupilledger.spans.SpanHeader;
import org.pupilledger.store.Answer;
import org.pupilledger.values.Historic;

class PeriodTotalDirectoryTest {
    private static final YearMonth MAY = YearMonth.of(2025, 5);

    private static SpanHeader span(OrganisationCode organisation, String from, String to) {
        return new SpanHeader(organisation, Period.months(YearMonth.parse(from), YearMonth.parse(to)));
    }

    @Test
    void aRequestIsSeenAsSoonAsItIsCommittedAndAnAnnulledOneNoMore() {
        try (TestLedger ledger = new TestLedger(TestDatabase.migrated())) {
            ledger.registerOrganisations();
            TestRequests requests = new TestRequests(ledger.organisations());
            PeriodTotalDirectory directory = ledger.registers().totals();
            SpanHeader around = span(DWP, "2025-01", "2025-12");
            assertThat(directory.isIn(around)).isFalse();

            RecordRequest request = requests.live(DWP, "2025-05", 12, "2025-0000001");
            ledger.commands().send(request, RECORDER);
            assertThat(directory.isIn(around)).as("nothing is sequenced").isTrue();
            assertThat(directory.isIn(span(DWP, "2025-05", "2025-05"))).isTrue();
            assertThat(directory.isIn(span(DWP, "2025-06", "2025-12"))).isFalse();
            assertThat(directory.isIn(span(HOME_OFFICE, "2025-01", "2025-12"))).isFalse();

            ledger.start();
            ledger.awaitFolded();
            assertThat(directory.isIn(around)).as("registered").isTrue();
            ledger.processors().close();
            ledger.commands()
                    .send(
                            new AnnulRequest(request.id(), Cause.OTHER, null, requests.occasion()),
                            TestLedger.anotherApprover());
            assertThat(directory.isIn(around))
                    .as("annulled, and the register does not know")
                    .isFalse();
        }
    }

    @Test
    void aTotalCoversItsMonthsUntilItIsAnnulled() {
        try (TestLedger ledger = new TestLedger(TestDatabase.migrated())) {
            ledger.registerOrganisations();
            TestRequests requests = new TestRequests(ledger.organisations());
            PeriodTotalDirectory directory = ledger.registers().totals();
            PeriodTotalId id = new PeriodTotalId(UUID.randomUUID());
            PeriodTotalEvent.Recorded total = new PeriodTotalEvent.Recorded(
                    span(DWP, "2025-01", "2025-06"),
                    new Counts(Map.of(Count.RECEIVED, 3)),
                    new Historic(Source.FILE, null, null));
            assertThat(directory.cover(DWP, MAY)).isFalse();

            ledger.commands()
                    .answer(
                            () -> new RecordPeriodTotal(id, total, directory, requests.occasion()),
                            RECORDER,
                            null,
                            PeriodTotalDirectoryTest::answered);
            assertThat(directory.cover(DWP, MAY)).isTrue();
            assertThat(directory.cover(DWP, MAY.plusMonths(2))).isFalse();
            assertThat(directory.cover(HOME_OFFICE, MAY)).isFalse();
            assertThat(directory.isIn(span(DWP, "2025-06", "2025-07"))).isTrue();

            ledger.commands()
                    .answer(
                            () -> new AnnulPeriodTotal(id, Cause.OTHER, null, requests.occasion()),
                            TestLedger.APPROVER,
                            null,
                            PeriodTotalDirectoryTest::answered);
            assertThat(directory.cover(DWP, MAY)).isFalse();
            assertThat(directory.isIn(span(DWP, "2025-06", "2025-07"))).isFalse();
        }
    }

    private static Answer answered(PeriodTotal.Recorded recorded) {
        return new Answer(200, null, "\"0\"", Long.toString(recorded.sequence()), new byte[0]);
    }

    @Test
    void whoRecordsATotalWaitsForRequestsThatAreBeingRecorded() throws Exception {
        try (TestLedger ledger = new TestLedger(TestDatabase.migrated())) {
            ledger.registerOrganisations();
            PeriodTotalDirectory directory = ledger.registers().totals();
            CompletableFuture<Boolean> total = ledger.store().transactions().fetchInTransaction(() -> {
                assertThat(directory.cover(DWP, MAY)).isFalse();
                CompletableFuture<Boolean> asked =
                        CompletableFuture.supplyAsync(() -> directory.isIn(span(DWP, "2025-01", "2025-12")));
                assertThat(isDone(asked)).as("while the request may yet come").isFalse();
                assertThat(directory.isIn(span(HOME_OFFICE, "2025-01", "2025-12")))
                        .as("another organisation's")
                        .isFalse();
                return asked;
            });

            assertThat(total.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    private static boolean isDone(CompletableFuture<Boolean> asked) {
        try {
            asked.get(300, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
