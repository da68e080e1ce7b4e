package org.pupilledger.imports;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Outcome;
import org.pupilledger.intake.RequestInput;
import org.pupilledger.intake.RequestInput.ClosureInput;
import org.pupilledger.intake.RequestInput.CourtOrderInput;
import org.pupilledger.intake.RequestInput.DecisionInput;
import org.pupilledger.intake.RequestInput.DestructionInput;
import org.pupilledger.intake.RequestInput.DisclosureInput;
import org.pupilledger.intake.RequestInput.HistoricInput;
import org.pupilledger.intake.RequestInput.MatchInput;
import org.pupilledger.intake.RequestInput.OfReferenceInput;
import org.pupilledger.intake.RequestInput.OverrideInput;
import org.pupilledger.intake.RequestInput.ReturnInput;
import org.pupilledger.intake.RequestInput.SubmittedInput;
import org.pupilledger.intake.RequestInput.WithdrawalInput;
import org.pupilledger.intake.RequestReader;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.request.Stage;
import org.pupilledger.values.RequestId;

/** Reads a line about one request. */
final class RequestColumns {
    private static final String LIVE = "LIVE";
    private static final String HISTORIC = "HISTORIC";
    private static final String RETURNS = " as people and what was released about them: 40:ADDRESS+SCHOOL;21:SCHOOL.";
    private static final String OUTCOMES =
            " as reference, people answered, people returned and items: 2023-0028896:1:1:SCHOOL;2023-0028898:1:0:.";
    private static final int PARTS_OF_RETURN = 2;
    private static final int PARTS_OF_OUTCOME = 4;

    /** The columns of a file of requests. */
    enum Columns implements Column {
        KIND("/kind"),
        REFERENCES("/references"),
        ORGANISATION("/organisation"),
        UNIT("/unit"),
        RECEIVED("/received"),
        PURPOSE("/purpose", "/purposes"),
        GATEWAY("/gateway"),
        LAWFUL_BASIS("/lawfulBasis"),
        AGREEMENT("/agreement"),
        RECIPIENT("/recipient"),
        INDIVIDUALS_SUBMITTED("/submitted/individuals"),
        ROWS_RECEIVED("/submitted/rowsReceived"),
        DUPLICATES("/submitted/duplicates"),
        INVALID("/submitted/invalid"),
        ITEMS_SUBMITTED("/submitted/items"),
        ITEMS_REQUESTED("/requestedItems"),
        DECISION("/decision", "/historic/outcome"),
        DECIDED_ON("/decision/on"),
        REFUSAL_REASON("/decision/reason"),
        COURT("/decision/courtOrder/court"),
        COURT_ORDER_MADE("/decision/courtOrder/made"),
        OVERRIDE_AUTHORISER("/decision/override"),
        OVERRIDE_AUTHORITY("/decision/override/authority"),
        WITHDRAWN_ON("/withdrawal"),
        MATCHED_ON("/match/on"),
        INDIVIDUALS_MATCHED("/match/matched"),
        INDIVIDUALS_AMBIGUOUS("/match/ambiguous"),
        INDIVIDUALS_UNMATCHED("/match/unmatched"),
        DISCLOSED_ON("/disclosure/on"),
        INDIVIDUALS_ANSWERED("/disclosure/answered"),
        INDIVIDUALS_RETURNED("/disclosure/returned"),
        ITEMS_RETURNED("/disclosure/items"),
        RETURNED_BY_ITEMS("/disclosure/returns"),
        OUTCOMES_BY_REFERENCE("/disclosure/references"),
        NIL_REASON("/disclosure/nil"),
        DESTROYED_ON("/destruction"),
        DESTRUCTION_METHOD("/destruction/method"),
        CLOSED_ON("/closure"),
        SOURCE("/historic/source"),
        SOURCE_REFERENCE("/historic/reference"),
        SOURCE_PUBLISHED("/historic/published");

        /** Those of files from before there were others. */
        static final Set<Columns> OLDEST = EnumSet.of(
                REFERENCES,
                ORGANISATION,
                RECEIVED,
                PURPOSE,
                GATEWAY,
                INDIVIDUALS_SUBMITTED,
                ITEMS_SUBMITTED,
                DECISION,
                INDIVIDUALS_MATCHED,
                INDIVIDUALS_AMBIGUOUS,
                INDIVIDUALS_ANSWERED,
                INDIVIDUALS_RETURNED,
                ITEMS_RETURNED,
                SOURCE,
                SOURCE_REFERENCE,
                SOURCE_PUBLISHED);

        private final String pointer;
        private final String other;

        Columns(String pointer) {
            this(pointer, pointer);
        }

        Columns(String pointer, String other) {
            this.pointer = pointer;
            this.other = other;
        }

        @Override
        public String header() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public List<String> pointers() {
            return List.of(pointer, other);
        }
    }

    private final CsvCells cells;

    private RequestColumns(CsvCells cells) {
        this.cells = cells;
    }

    /**
     * Reads a line; refuses as {@link RequestReader} does, with columns for places. Of a live line, only the form is looked
     * at.
     */
    static RequestLine read(int number, CsvCells cells, RequestId id, Occasion occasion) {
        try {
            return new RequestColumns(cells).line(number, id, occasion);
        } catch (RuntimeException e) {
            throw Column.named(e, Columns.values());
        }
    }

    private RequestLine line(int number, RequestId id, Occasion occasion) {
        boolean isLive = isLive();
        RequestInput input = input(isLive);
        DestructionInput destruction = isAny(Columns.DESTROYED_ON, Columns.DESTRUCTION_METHOD)
                ? new DestructionInput(cells.text(Columns.DESTROYED_ON), cells.text(Columns.DESTRUCTION_METHOD))
                : null;
        ClosureInput closure = isAny(Columns.CLOSED_ON) ? new ClosureInput(cells.text(Columns.CLOSED_ON)) : null;
        cells.failOnFlaws(
                Stream.<@Nullable Record>of(input, destruction, closure)
                        .filter(Objects::nonNull)
                        .toList(),
                Columns.values());
        RecordRequest told =
                isLive ? RequestReader.told(id, input, occasion) : RequestReader.record(id, input, occasion);
        List<Stage> later = new ArrayList<>();
        if (isLive) {
            Stream.<@Nullable Stage>of(told.decision(), told.match(), told.withdrawal(), told.disclosure())
                    .filter(Objects::nonNull)
                    .forEach(later::add);
        }
        if (destruction != null) {
            later.add(end("/destruction", id, destruction, occasion));
        }
        if (closure != null) {
            later.add(end("/closure", id, closure, occasion));
        }
        return new RequestLine(number, isLive, told, later);
    }

    private static Stage end(String below, RequestId id, Record input, Occasion occasion) {
        try {
            return RequestReader.stage(id, input, occasion).stage();
        } catch (RuntimeException e) {
            throw Column.named(e, below, Columns.values());
        }
    }

    private boolean isLive() {
        String kind = cells.text(Columns.KIND);
        if (kind != null && !kind.equals(LIVE) && !kind.equals(HISTORIC)) {
            cells.malformed(
                    Columns.KIND,
                    kind,
                    "Write LIVE of a request recorded as it comes in, or HISTORIC, or leave it empty, which means HISTORIC.");
        }
        boolean isLive = LIVE.equals(kind);
        if (isLive && isAny(Columns.SOURCE, Columns.SOURCE_REFERENCE, Columns.SOURCE_PUBLISHED)) {
            cells.malformed(
                    Columns.SOURCE,
                    "",
                    "A live request has no source: leave its columns empty, or write HISTORIC in kind.");
        }
        return isLive;
    }

    private boolean isAny(Columns... columns) {
        return Stream.of(columns).anyMatch(column -> cells.text(column) != null);
    }

    private RequestInput input(boolean isLive) {
        String decision = cells.text(Columns.DECISION);
        boolean isOpen = Outcome.OPEN.code().equals(decision);
        boolean hasDisclosure = isAny(
                Columns.DISCLOSED_ON,
                Columns.INDIVIDUALS_ANSWERED,
                Columns.INDIVIDUALS_RETURNED,
                Columns.ITEMS_RETURNED,
                Columns.RETURNED_BY_ITEMS,
                Columns.OUTCOMES_BY_REFERENCE,
                Columns.NIL_REASON);
        return new RequestInput(
                cells.list(Columns.REFERENCES),
                cells.text(Columns.ORGANISATION),
                cells.text(Columns.RECEIVED),
                null,
                cells.list(Columns.PURPOSE),
                cells.text(Columns.GATEWAY),
                cells.text(Columns.LAWFUL_BASIS),
                cells.text(Columns.AGREEMENT),
                cells.text(Columns.UNIT),
                cells.text(Columns.RECIPIENT),
                new SubmittedInput(
                        cells.count(Columns.INDIVIDUALS_SUBMITTED),
                        cells.list(Columns.ITEMS_SUBMITTED),
                        cells.count(Columns.ROWS_RECEIVED),
                        cells.count(Columns.DUPLICATES),
                        cells.count(Columns.INVALID)),
                cells.list(Columns.ITEMS_REQUESTED),
                isLive
                        ? null
                        : new HistoricInput(
                                cells.text(Columns.SOURCE),
                                cells.text(Columns.SOURCE_REFERENCE),
                                cells.text(Columns.SOURCE_PUBLISHED),
                                isOpen ? decision : null),
                decision(decision),
                Outcome.WITHDRAWN.code().equals(decision) || isAny(Columns.WITHDRAWN_ON)
                        ? new WithdrawalInput(cells.text(Columns.WITHDRAWN_ON))
                        : null,
                match(decision, isLive, hasDisclosure),
                hasDisclosure ? disclosure(isLive) : null);
    }

    private @Nullable DecisionInput decision(@Nullable String decision) {
        boolean isNone =
                Outcome.OPEN.code().equals(decision) || Outcome.WITHDRAWN.code().equals(decision);
        boolean hasOrder = isAny(Columns.COURT, Columns.COURT_ORDER_MADE);
        boolean hasOverride = isAny(Columns.OVERRIDE_AUTHORISER, Columns.OVERRIDE_AUTHORITY);
        if ((isNone || decision == null)
                && !hasOrder
                && !hasOverride
                && !isAny(Columns.DECIDED_ON, Columns.REFUSAL_REASON)) {
            return null;
        }
        return new DecisionInput(
                isNone ? null : decision,
                cells.text(Columns.DECIDED_ON),
                cells.text(Columns.REFUSAL_REASON),
                hasOrder ? new CourtOrderInput(cells.text(Columns.COURT), cells.text(Columns.COURT_ORDER_MADE)) : null,
                hasOverride
                        ? new OverrideInput(
                                cells.text(Columns.OVERRIDE_AUTHORISER), cells.text(Columns.OVERRIDE_AUTHORITY))
                        : null);
    }

    /** An approved request of the past was matched, whatever is known of it; a live one when its line says so. */
    private @Nullable MatchInput match(@Nullable String decision, boolean isLive, boolean hasDisclosure) {
        boolean isToldSo = isAny(
                Columns.MATCHED_ON,
                Columns.INDIVIDUALS_MATCHED,
                Columns.INDIVIDUALS_AMBIGUOUS,
                Columns.INDIVIDUALS_UNMATCHED);
        boolean isMeant = !isLive && (Outcome.APPROVED.code().equals(decision) || (decision == null && hasDisclosure));
        return isToldSo || isMeant
                ? new MatchInput(
                        cells.text(Columns.MATCHED_ON),
                        cells.count(Columns.INDIVIDUALS_MATCHED),
                        cells.count(Columns.INDIVIDUALS_AMBIGUOUS),
                        cells.count(Columns.INDIVIDUALS_UNMATCHED))
                : null;
    }

    private DisclosureInput disclosure(boolean isLive) {
        Integer returned = cells.count(Columns.INDIVIDUALS_RETURNED);
        List<String> items = cells.list(Columns.ITEMS_RETURNED);
        // whoever records what happens knows what was handed over: nothing
        boolean isNothing = isLive && items == null && Objects.equals(returned, 0);
        return new DisclosureInput(
                cells.text(Columns.DISCLOSED_ON),
                cells.count(Columns.INDIVIDUALS_ANSWERED),
                returned,
                isNothing ? List.of() : items,
                returns(),
                outcomes(),
                cells.text(Columns.NIL_REASON));
    }

    private @Nullable List<ReturnInput> returns() {
        List<ReturnInput> returns = new ArrayList<>();
        for (String[] parts : parts(Columns.RETURNED_BY_ITEMS, PARTS_OF_RETURN, RETURNS)) {
            returns.add(new ReturnInput(cells.count(Columns.RETURNED_BY_ITEMS, parts[0]), items(parts[1])));
        }
        return returns.isEmpty() ? null : returns;
    }

    private @Nullable List<OfReferenceInput> outcomes() {
        Column column = Columns.OUTCOMES_BY_REFERENCE;
        List<OfReferenceInput> outcomes = new ArrayList<>();
        for (String[] parts : parts(column, PARTS_OF_OUTCOME, OUTCOMES)) {
            outcomes.add(new OfReferenceInput(
                    parts[0], cells.count(column, parts[1]), cells.count(column, parts[2]), items(parts[3])));
        }
        return outcomes.isEmpty() ? null : outcomes;
    }

    private List<String[]> parts(Column column, int size, String words) {
        List<String[]> all = new ArrayList<>();
        for (String text : Objects.requireNonNullElse(cells.list(column), List.<String>of())) {
            String[] parts = text.strip().split(":", -1);
            if (parts.length == size) {
                all.add(parts);
            } else {
                cells.malformed(column, text, "Write " + column.header() + words);
            }
        }
        return all;
    }

    private static @Nullable List<String> items(String text) {
        return text.isEmpty() ? null : List.of(text.split("\\+", -1));
    }
}
