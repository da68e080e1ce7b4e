package org.pupilledger.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.pupilledger.rebuild.Outcome;
import org.pupilledger.rebuild.Progress;
import org.pupilledger.rebuild.Rebuilds;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes projections anew from the entries, beside a running server or alone. */
@Command(
        name = "rebuild",
        description =
                "Make totals, register, claims or published files anew from the entries, while the old ones serve.",
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {
            "0:the old one held what the entries say, or was of an older version",
            "1:the old one did not hold what the entries say; the new one does, but for what is said to be left",
            "2:wrong use, or it could not be done: the old one serves on"
        })
final class RebuildCommand extends Subcommand {
    private static final String ALL = "all";
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final long SHOW_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    @Parameters(index = "0", paramLabel = "WHAT", description = "totals, register, claims, files or all")
    private String what = "";

    @Option(names = "--quiet", description = "show no progress")
    private boolean isQuiet;

    @Override
    public Integer call() throws Exception {
        if (!List.of("totals", "register", "claims", "files", ALL).contains(what)) {
            throw new WrongUse("WHAT: this is totals, register, claims, files or all.");
        }
        return opened(node -> {
            Rebuilds rebuilds = node.rebuilds();
            List<Outcome> outcomes = new ArrayList<>();
            for (String projection : what.equals(ALL) ? rebuilds.projections() : List.of(what)) {
                Outcome outcome = rebuild(rebuilds, projection);
                out().println(text(outcome));
                outcomes.add(outcome);
            }
            return outcomes.stream().anyMatch(outcome -> outcome.finding() == Outcome.Finding.DAMAGED)
                    ? ExitCode.FINDING
                    : 0;
        });
    }

    private Outcome rebuild(Rebuilds rebuilds, String projection) {
        // one that this program owed has begun by itself
        Rebuilds.State state = rebuilds.underWay(projection).orElseGet(() -> rebuilds.start(projection));
        long shownNanos = System.nanoTime();
        while (!state.progress().phase().isOver()) {
            pause();
            state = rebuilds.find(state.id()).orElse(state);
            if (System.nanoTime() - shownNanos >= SHOW_EVERY_NANOS) {
                show(projection, state.progress());
                shownNanos = System.nanoTime();
            }
        }
        show(projection, state.progress());
        if (state.outcome() == null) {
            throw new WrongUse("The rebuild of " + projection + " was not done: "
                    + Objects.requireNonNullElse(state.reason(), "it was cancelled")
                    + ". What there was serves on; run this again to go on with it.");
        }
        return state.outcome();
    }

    private void show(String projection, Progress progress) {
        if (!isQuiet) {
            err().printf(
                            Locale.ROOT,
                            "%s: %d %%, %.0f entries/s, %s%n",
                            projection,
                            progress.percent(),
                            progress.entriesPerSecond(),
                            progress.phase().name().toLowerCase(Locale.ROOT));
        }
    }

    private static String text(Outcome outcome) {
        String finding = switch (outcome.finding()) {
            case SAME -> "same";
            case DAMAGED -> "mended";
            case OLDER_VERSION -> "newer version";
        };
        StringBuilder text = new StringBuilder()
                .append(outcome.projection() + ": " + finding + " at position " + outcome.position())
                .append(System.lineSeparator() + "  was " + outcome.was())
                .append(System.lineSeparator() + "  now " + outcome.now());
        outcome.left().forEach(left -> text.append(System.lineSeparator() + "  left: " + left));
        return text.toString();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
