package org.pupilledger;

import java.io.IOException;
import java.time.Duration;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.imports.Imported;
import org.pupilledger.imports.Officer;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Waiting;
import org.pupilledger.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Imports the published DWP cases; the server is not ready before they are in the figures. */
@Component
@Profile(DemoRules.PROFILE)
record DemoSamples(Recording recording, Waiting waiting, CsvImport imports) implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(DemoSamples.class);
    private static final String SAMPLES = "samples/dwp-requests.csv";
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        Imported report = imports.run(
                new ClassPathResource(SAMPLES)::getInputStream,
                Officer.recording(recording.author("recorder", Role.RECORDER.name())),
                lines -> {});
        Imported.Counts counted = report.counted();
        LOG.info("samples: {} recorded, {} already recorded", counted.recorded(), counted.alreadyRecorded());
        if (counted.refused() > 0 || !areInTheFigures(report)) {
            throw new IllegalStateException("the samples are not in the figures");
        }
    }

    /** The samples only: whatever else was recorded since may still be on its way. */
    private boolean areInTheFigures(Imported report) {
        Imported.Last last = report.last();
        if (last != null) {
            return waiting.awaitProjected(last.id(), last.sequence(), AT_MOST);
        }
        return report.lines().stream()
                .allMatch(line -> line.id() != null && waiting.awaitProjected(line.id(), 0, AT_MOST));
    }
}
