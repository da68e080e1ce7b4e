package org.pupilledger.past;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.register.States;

/**
 * An edition, or a revision of it, as it is named in a URL or on a command line.
 *
 * @param number of the revision, from 1; null for the newest
 */
public record NamedEdition(Quarter quarter, @Nullable Integer number) {
    private static final Pattern FORM = Pattern.compile("([0-9]{4}-Q[1-4])(?:\\.([1-9][0-9]{0,8}))?");

    /** What is named, where it was released. */
    public record Found(KnownStates.State<EditionState> edition, Revision revision) {}

    /** Reads {@code 2023-Q3} or {@code 2023-Q3.1}; empty for anything else, and before 1970. */
    public static Optional<NamedEdition> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Quarter.parse(form.group(1))
                        .map(quarter -> new NamedEdition(
                                quarter, form.group(2) == null ? null : Integer.valueOf(form.group(2))))
                : Optional.empty();
    }

    /** Empty where no such edition or revision was released. */
    public Optional<Found> find(States<EditionEvent, EditionState> editions) {
        return editions.find(Edition.id(quarter))
                .flatMap(edition -> (number == null
                                ? edition.state().newest()
                                : edition.state().revision(number))
                        .map(revision -> new Found(edition, revision)));
    }
}
