package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.Grounds;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.Table;

/**
 * What an edition says, out of the entries up to a position, the quarter and the rules alone; wherever
 * the entries are kept. The builder of editions and whoever verifies one make the same tables.
 */
public final class EditionTables {
    private final KnownStates<EditionState> editions;
    private final Releases releases;
    private final Revisions revisions;
    private final AgreementsTable agreements;
    private final RequestsTable requests;
    private final EntrySequence entries;
    private final EventTypes types = EventTypes.current();

    /** @param entries that the edition is to be made from */
    public EditionTables(
            KnownStates<EditionState> editions,
            Releases releases,
            Revisions revisions,
            AgreementsTable agreements,
            EntrySequence entries) {
        this.editions = editions;
        this.releases = releases;
        this.revisions = revisions;
        this.agreements = agreements;
        this.requests = new RequestsTable(entries);
        this.entries = entries;
    }

    /**
     * A version of an edition.
     *
     * @param revised figures that it or an earlier version shows otherwise than what was published before
     * @param frozen  the monthly figures behind the tables; see {@link FrozenFigures}
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Made(Document document, List<RevisedFigure> revised, byte[] frozen) {
        public Made {
            revised = List.copyOf(revised);
        }
    }

    /**
     * A version that was made before, once more.
     *
     * @param totals up to its position, by the rules by which it was made
     */
    public Made again(EditionState edition, Revision revision, Totals totals) {
        return make(
                edition,
                edition.revisions().subList(0, revision.number() - 1),
                revision.grounds(),
                revision.content().position(),
                revision.content().checkpoint(),
                totals);
    }

    /** What organisations are called at a position, by code. */
    private Map<String, String> names(long position) {
        Map<String, String> names = new HashMap<>();
        if (position >= 0) {
            entries.read(0, position, entry -> {
                if (entry.leaf().type().startsWith(OrganisationEvent.AGGREGATE + ".")) {
                    switch (entry.leaf().event(types)) {
                        case OrganisationEvent.Registered(var code, var profile) ->
                            names.put(code.value(), profile.name());
                        case OrganisationEvent.Changed changed ->
                            names.put(changed.code().value(), changed.now().name());
                        default -> {
                            // it is called as before
                        }
                    }
                }
                return true;
            });
        }
        return names;
    }

    /**
     * @param earlier the versions before this one
     * @param grounds null for the first release
     * @param totals  up to the position, by the rules by which it is made
     */
    public Made make(
            EditionState edition,
            List<Revision> earlier,
            @Nullable Grounds grounds,
            long position,
            Content.TreeHead checkpoint,
            Totals totals) {
        editions.await(position);
        YearMonth last = edition.quarter().last();
        Set<Quarter> withheld = releases.withheld(edition.quarter(), position);
        Predicate<YearMonth> isWithheld = Releases.in(withheld);
        Predicate<YearMonth> isShown = month -> !month.isAfter(last) && !isWithheld.test(month);
        Totals shown = totals.ofMonths(isShown);
        Optional<Table> oneByOne = switch (totals.rules()) {
            case EDITION_1 -> Optional.empty();
            case EDITION_2, EDITION_3 -> Optional.of(requests.table(totals.placements(), position, isShown));
        };
        Revisions.Revised all = revisions.of(edition, earlier, position, totals.rules());
        EditionDocument document = new EditionDocument(
                edition, earlier.size() + 1, grounds, position, checkpoint, totals.rules(), all.figures(), withheld);
        return new Made(
                document.of(
                        shown,
                        names(position),
                        oneByOne,
                        agreements.table(edition.quarter(), position, all.agreements(), totals.rules())),
                all.figures(),
                FrozenFigures.encode(shown));
    }
}
