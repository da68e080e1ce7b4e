package org.pupilledger;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.imports.Imported;
import org.pupilledger.imports.Officer;
import org.pupilledger.node.Publishing;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Waiting;
import org.pupilledger.security.Role;
import org.pupilledger.store.Author;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Records what was published; the server is not ready before it is in the figures. */
@Component
@Profile(DemoRules.PROFILE)
record DemoSamples(Recording recording, Registers registers, Waiting waiting, CsvImport imports, Publishing publishing)
        implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(DemoSamples.class);
    private static final String REQUESTS = "samples/dwp-requests.csv";
    private static final String TOTALS = "samples/period-totals.csv";
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        Imported requests = imported(REQUESTS);
        Imported totals = imported(TOTALS);
        List<String> ids = totals.lines().stream()
                .map(Imported.Line::id)
                .filter(Objects::nonNull)
                .toList();
        DemoHistory history = new DemoHistory(recording, registers);
        DemoEditions editions = new DemoEditions(recording, publishing, waiting);
        awaitFigures(history.record());
        editions.release(DemoEditions.TOLD, LocalDate.of(2016, 12, 1));
        awaitFigures(history.correct(ids));
        editions.revise(DemoEditions.TOLD);
        // an edition from before does not tell of agreements that its sources know of later
        awaitFigures(history.agree());
        editions.release(DemoEditions.NEWEST, LocalDate.of(2024, 3, 7));
        LOG.info(
                "samples: {} recorded, {} already recorded",
                requests.counted().recorded() + totals.counted().recorded(),
                requests.counted().alreadyRecorded() + totals.counted().alreadyRecorded());
    }

    private Imported imported(String file) throws IOException {
        Imported report = imports.run(
                new ClassPathResource(file)::getInputStream,
                Officer.recording(author(recording, Role.RECORDER)),
                lines -> {});
        if (report.counted().refused() > 0) {
            // somebody annulled a sample, say, and recorded something else in its place
            LOG.warn("samples: {} lines were refused", report.counted().refused());
        }
        awaitFigures(report.last());
        // whatever else was recorded since may still be on its way
        report.lines().forEach(line -> awaitFigures(line.id() == null ? null : new Imported.Last(line.id(), 0)));
        return report;
    }

    private void awaitFigures(Imported.@Nullable Last last) {
        if (last != null && !waiting.awaitProjected(last.id(), last.sequence(), AT_MOST)) {
            throw new IllegalStateException("the samples are not in the figures");
        }
    }

    /** The user of the demo who has the role. */
    static Author author(Recording recording, Role role) {
        return recording.author(role.name().toLowerCase(Locale.ROOT), role.name());
    }
}
