package org.pupilledger.cli;

import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.past.ReplayQuery;
import org.pupilledger.reading.Queries;
import org.pupilledger.replay.Until;
import org.pupilledger.terminal.WrongUse;
import org.pupilledger.values.BusinessDate;
import picocli.CommandLine.Option;

/** Which figures a command is asked for, in the same words as a URL. */
final class FiguresOptions {
    @Option(names = "--by", description = "month, quarter, year or total (default: month)")
    private @Nullable String by;

    @Option(names = "--from", description = "first month, as in 2018-04")
    private @Nullable String from;

    @Option(names = "--to", description = "last month, inclusive")
    private @Nullable String to;

    @Option(names = "--organisation", description = "only this one, by code")
    private @Nullable String organisation;

    @Option(names = "--category", description = "only organisations of this category")
    private @Nullable String category;

    @Option(names = "--complete", description = "also rows for periods without requests")
    private boolean isComplete;

    @Option(names = "--roll-up", description = "count an organisation with what it belongs to")
    private boolean isRolledUp;

    @Option(names = "--as-at", description = "as the ledger knew them at an instant, or the end of a date")
    private @Nullable String asAt;

    @Option(names = "--at-position", description = "as the ledger knew them at a position")
    private @Nullable String atPosition;

    /** Whether figures as they were are asked for. */
    boolean isOfThePast() {
        return asAt != null || atPosition != null;
    }

    /** The instant as it was asked for; null where none was. */
    @Nullable
    String asked() {
        return asAt;
    }

    FiguresQuery query() {
        return query(null);
    }

    /** @param cut by what rows are cut; null where they are whole */
    FiguresQuery query(@Nullable String cut) {
        return Queries.figures(
                from, to, by, organisation, category, Boolean.toString(isComplete), Boolean.toString(isRolledUp), cut);
    }

    Until until() {
        if (asAt != null && atPosition != null) {
            throw new WrongUse("Give --as-at or --at-position, not both.");
        }
        return ReplayQuery.until(asAt, atPosition, BusinessDate.ZONE);
    }

    /** Refuses an organisation that the ledger does not know. */
    static void check(@Nullable OrganisationCode organisation, Organisations known) {
        if (organisation != null && known.find(organisation).isEmpty()) {
            throw new WrongUse("--organisation: the code is not known.");
        }
    }
}
