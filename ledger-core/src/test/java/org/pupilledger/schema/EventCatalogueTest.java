package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.schema.EventTypes.EventType;

/** The list of events for a person to read is what the program writes; run with {@code -Dledger.docs=write} to renew it. */
class EventCatalogueTest {
    private static final Path CATALOGUE = Path.of("docs", "events.md");
    private static final boolean IS_WRITING = "write".equals(System.getProperty("ledger.docs"));

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            entry(
                    "ledger.opened",
                    "The ledger began. What was received before `inception` may be recorded from a source."),
            entry(
                    "ledger.key-introduced",
                    "Checkpoints may be signed with this key from now on; `verifierKey` is what a verifier needs, as C2SP"
                            + " signed-note writes it."),
            entry(
                    "ledger.key-retired",
                    "Checkpoints are not signed with this key from now on; those from before stay good. It never comes"
                            + " back."),
            entry("organisation.registered", "An organisation exists from now on. It is never removed."),
            entry(
                    "organisation.changed",
                    "The name, category or parent of an organisation changed from `was` to `now`."),
            entry(
                    "organisation.change-proposed",
                    "Another category or parent of an organisation, `now`, is before a second person; `was` stands until"
                            + " then. Where both are the same, what was proposed is withdrawn."),
            entry(
                    "edition.scheduled",
                    "The release of a quarter's figures is announced for a date, under a disclosure profile."),
            entry("edition.rescheduled", "Another date is announced; what was previewed must be previewed again."),
            entry(
                    "edition.previewed",
                    "The files of the first release are made and put before a second person. `position` is the newest entry"
                            + " whose facts are in them; digests are SHA-256 in hexadecimal."),
            entry("edition.released", "From now on everybody may see what was previewed, as revision 1."),
            entry("edition.revision-previewed", "The files of a new revision are made and put before a second person."),
            entry(
                    "edition.revised",
                    "From now on everybody sees this revision first. Those before it stay as they are."),
            entry(
                    "agreement.registered",
                    "An agreement to share data exists, with its first version. Under `umbrella` it is in force only while"
                            + " that is. Every change of an agreement takes effect at the start of its day; one known only to"
                            + " the month on the first day of that month on which it can."),
            entry("agreement.amended", "A new version takes the place of the one before from its day on."),
            entry("agreement.suspended", "From this day on nothing new may be approved under it."),
            entry("agreement.resumed", "From this day on it is in force again."),
            entry(
                    "agreement.ended",
                    "From this day on it is in force no longer. `evidence` shows that the data shared are no longer held."),
            entry(
                    "agreement.listed",
                    "A published list shows it as live from this day on; whether it is in force is another matter."),
            entry("agreement.unlisted", "A published list shows it as live no longer."),
            entry(
                    "agreement.corrected",
                    "A version, a suspension or the end was recorded wrongly. Readers take `now` as if it had been recorded"
                            + " instead of `was`; null: there never was such a thing. Exactly one of the three is not null."),
            entry(
                    "agreement.annulled",
                    "It was recorded by mistake and counts no more. It stays readable, and its reference may be registered"
                            + " anew."),
            entry(
                    "matching-request.override-recorded",
                    "The approval that follows was given although the agreement was not in force. `authoriser` is a role,"
                            + " never a person."),
            entry(
                    "matching-request.received",
                    "An organisation asked to match people. It counts as many requests as it has references, at least one;"
                            + " all of them open. `historic` names the source of a request received before the ledger began."),
            entry(
                    "matching-request.decided",
                    "The department approved or refused; a court order may have taken its place."),
            entry("matching-request.withdrawn", "The requester withdrew. `was` is the outcome until then."),
            entry(
                    "matching-request.matched",
                    "The people submitted were looked for: `matched` clearly found, `ambiguous` with several or partial"
                            + " candidates. `was` is `OPEN` only of a historic request without a known decision."),
            entry(
                    "matching-request.disclosed",
                    "The department replied about `answered` people, and about `returned` of them with more than the match"
                            + " indicator. With 0, 0 and no items it is a nil return."),
            entry(
                    "matching-request.disclosed-further",
                    "More was handed over later, about people of whom it had not been before: `disclosure` is what was"
                            + " handed over this time. Readers subtract the figures `was` and add the figures `now`."),
            entry(
                    "matching-request.reference-added",
                    "A letter of the same request came later and counts as one more, received and open. The header is as it"
                            + " was until then; later ones count it."),
            entry(
                    "matching-request.reference-refused",
                    "One letter of several was refused while the rest goes on: one request moves from `was` to refused. The"
                            + " header is as it was until then; later ones count one less, and figures count it as"
                            + " `refused` beside their header."),
            entry("matching-request.destroyed", "The submitted file was destroyed."),
            entry("matching-request.closed", "Nothing more will happen but corrections and annulment."),
            entry(
                    "matching-request.corrected",
                    "Recorded values were wrong. Readers subtract the figures `was` and add the figures `now`; both stay"
                            + " readable. The values in `changes` have the form of their field."),
            entry(
                    "matching-request.annulled",
                    "The request was recorded by mistake. Readers subtract the figures `was`; it stays readable."),
            entry(
                    "coverage.proposed",
                    "A publisher says that the record of an organisation is complete from the month `from` to the month `to`,"
                            + " or on where that is null; of a `source`, or as requests came in where that is null."
                            + " It changes no figure before a second person confirms it."),
            entry(
                    "coverage.declared",
                    "From now on a month without requests is one in which there were none; months of the organisation that"
                            + " nothing declares are not recorded."),
            entry(
                    "coverage.withdrawal-proposed",
                    "A publisher says that the record is not complete after all. It stays declared before a second person"
                            + " confirms that."),
            entry("coverage.withdrawn", "The months are declared by it no longer."),
            entry("coverage.proposal-dropped", "What was before a second person is so no longer; all stays as it was."),
            entry(
                    "period-total.recorded",
                    "A source says of the months `from` to `to` together what was asked and what became of it, and does not"
                            + " tell the single requests. A count that is null is not stated."),
            entry(
                    "period-total.corrected",
                    "The counts were wrong. Readers subtract `was` and add `now`; both stay readable."),
            entry(
                    "period-total.annulled",
                    "The total was recorded by mistake. Readers subtract `was`; it stays readable."),
            entry(
                    "statement.made",
                    "A number was told to someone outside. `figure` is what it is about: a measure, of `other` its `subject`,"
                            + " over the months `from` to `to`, which may be a day in the last month; `organisation` null means"
                            + " all together. `value` is exact where `least` and `most` are the same and not `about`; `most` null"
                            + " is no upper limit. `backing` is a position of the ledger, of which another number may have been"
                            + " told on purpose, or a named source."),
            entry(
                    "statement.corrected",
                    "A number that was told is another one, and that was told too. Those who had been given the old one"
                            + " must be told anew."),
            entry("statement.recipients-told", "Those who had been given the number of a statement were told `value`."),
            entry(
                    "statement.annulled",
                    "The statement was recorded by mistake and was never told like this. It stays readable and counts"
                            + " nowhere."));

    private final EventTypes types = EventTypes.current();

    @Test
    void theListOfEventsIsUpToDate() throws IOException {
        String now = catalogue();
        if (IS_WRITING) {
            Files.createDirectories(CATALOGUE.getParent());
            Files.writeString(CATALOGUE, now);
        }

        assertThat(Files.exists(CATALOGUE) ? Files.readString(CATALOGUE) : "")
                .as("ledger-core/docs/events.md is out of date: run"
                        + " `mvn -pl ledger-core test -Dtest=EventCatalogueTest -Dledger.docs=write` and commit it")
                .isEqualTo(now);
    }

    @Test
    void everyTypeHasAMeaningAndEveryMeaningAType() {
        assertThat(MEANINGS.keySet())
                .isEqualTo(EventTypes.all().stream().map(EventType::name).collect(Collectors.toSet()));
    }

    private String catalogue() {
        StringBuilder text = new StringBuilder("""
                # Events

                Everything that the ledger has ever recorded is one of these. The payload is canonical JSON (RFC 8785); names, versions
                and fields are stored for ever. A new form of an event is a new version, and an upcaster brings the old form up to it.

                This page is written by `EventCatalogueTest` from the code and its golden samples; do not edit it.

                | Event | Version | Meaning |
                |---|---|---|
                """);
        EventTypes.all()
                .forEach(type -> text.append("| [%s](#%s) | %d | %s |\n"
                        .formatted(
                                type.name(),
                                (type.name() + "-version-" + type.version()).replace(".", ""),
                                type.version(),
                                meaning(type))));
        EventTypes.all().forEach(type -> text.append(section(type)));
        return text.toString();
    }

    private String section(EventType<?> type) {
        byte[] golden = Objects.requireNonNull(
                EventSamples.goldenOf(type.name(), type.version()), "no golden sample of " + type.name());
        StringBuilder section = new StringBuilder("\n## %s version %d\n\n%s\n\n| Field | May be null |\n|---|---|\n"
                .formatted(type.name(), type.version(), meaning(type)));
        fields(type, members(CanonicalReader.treeOf(golden)))
                .forEach((path, mayBeNull) ->
                        section.append("| `%s` | %s |\n".formatted(path, mayBeNull ? "yes" : "no")));
        return section + "\n```json\n" + new String(golden, UTF_8) + "\n```\n";
    }

    private static String meaning(EventType<?> type) {
        return Objects.requireNonNull(MEANINGS.get(type.name()), "no meaning of " + type.name());
    }

    /** Every member by its path, and whether the event can be read with null in its place. */
    private Map<String, Boolean> fields(EventType<?> type, Map<String, @Nullable Object> sample) {
        Map<String, Boolean> fields = new LinkedHashMap<>();
        collect(type, sample, sample, "", fields);
        return fields;
    }

    private void collect(
            EventType<?> type,
            Map<String, @Nullable Object> whole,
            Map<String, @Nullable Object> part,
            String prefix,
            Map<String, Boolean> fields) {
        for (Map.Entry<String, @Nullable Object> member : part.entrySet()) {
            Object value = member.getValue();
            member.setValue(null);
            fields.put(prefix + member.getKey(), isReadable(type, whole));
            member.setValue(value);
            if (value instanceof Map<?, ?>) {
                collect(type, whole, members(value), prefix + member.getKey() + ".", fields);
            }
        }
    }

    private boolean isReadable(EventType<?> type, Map<String, @Nullable Object> sample) {
        try {
            types.decode(type.name(), type.version(), CanonicalWriter.bytesOf(sample));
            return true;
        } catch (UnreadableEvent e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // the reader makes such maps
    private static Map<String, @Nullable Object> members(@Nullable Object tree) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(tree);
    }
}
