package org.pupilledger.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.export.ConflictView;
import org.pupilledger.export.StatementView;
import org.pupilledger.http.Answers;
import org.pupilledger.http.Changes;
import org.pupilledger.http.Conditions;
import org.pupilledger.http.NothingHere;
import org.pupilledger.http.PageView;
import org.pupilledger.http.Step;
import org.pupilledger.intake.RequestInput.AnnulmentInput;
import org.pupilledger.intake.StatementInput;
import org.pupilledger.intake.StatementInput.RecipientsToldInput;
import org.pupilledger.intake.StatementInput.StatementCorrectionInput;
import org.pupilledger.intake.StatementReader;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Waiting;
import org.pupilledger.reading.Queries;
import org.pupilledger.request.Occasion;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.Conflict;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.Standing;
import org.pupilledger.statement.Statement.Recorded;
import org.pupilledger.statement.StatementCommand;
import org.pupilledger.statement.StatementId;
import org.pupilledger.statement.Statements;
import org.pupilledger.statement.StatementsQuery;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Records figures told outside, their corrections and who was told of them, and looks them up. */
@RestController
@RequestMapping(path = StatementsController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Statements")
record StatementsController(Registers registers, Waiting waiting, Answers answers, Changes changes) {
    static final String PATH = "/api/v1/statements";

    private static final Pattern PLACE = Pattern.compile("([0-9]{1,18})(?:_([0-9]{1,18}))?");

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Record a figure that was told outside")
    @ApiResponse(
            responseCode = "201",
            description = "recorded",
            content = @Content(schema = @Schema(implementation = StatementView.class)))
    ResponseEntity<byte[]> record(@RequestBody StatementInput input, HttpServletRequest request) {
        StatementId id = new StatementId(UUID.randomUUID());
        return changes.add(
                request,
                occasion -> StatementReader.statement(id, input, occasion, waiting.sealed(), registers::figuresAt),
                (Recorded result) -> answers.of(201, PATH + "/" + id, result.sequence(), view(id, result)));
    }

    @Step(
            path = "/{id}/correction",
            summary = "Record that the figure was told to be another; the old one stays readable")
    ResponseEntity<byte[]> correct(
            @PathVariable String id, @RequestBody StatementCorrectionInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> StatementReader.correction(of, input, occasion));
    }

    @Step(path = "/{id}/recipients-told", summary = "Record that those who had been given the figure were told anew")
    ResponseEntity<byte[]> recipientsTold(
            @PathVariable String id, @RequestBody RecipientsToldInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> StatementReader.recipientsTold(of, input, occasion));
    }

    @Step(
            path = "/{id}/annulment",
            summary = "Take back what was recorded by mistake; it stays readable and counts nowhere")
    ResponseEntity<byte[]> annul(
            @PathVariable String id, @RequestBody AnnulmentInput input, HttpServletRequest request) {
        return change(id, request, (of, occasion) -> StatementReader.annulment(of, input, occasion));
    }

    @GetMapping("/{id}")
    @Operation(summary = "A statement as it reads back, and whether its recipients must be told anew")
    @ApiResponse(content = @Content(schema = @Schema(implementation = StatementView.class)))
    ResponseEntity<byte[]> statement(@PathVariable String id, @Nullable String waitFor, HttpServletRequest request) {
        Statements statements = registers.statements();
        StatementView found = statements
                .find(Conditions.statementId(id).toString())
                .map(standing -> StatementView.of(statements, standing, null))
                .orElseThrow(NothingHere::new);
        return answers.read(request, found.sequence(), found);
    }

    @GetMapping
    @Operation(summary = "Statements in the order in which they were recorded")
    PageView<StatementView> statements(
            @Parameter(description = "only what had been told by the end of this date, as told then") @Nullable
                    String asToldOn,
            @Nullable String organisation,
            @Parameter(schema = @Schema(implementation = PublishedMeasure.class)) @Nullable String measure,
            @Parameter(description = "first and last month, as in 2015-07/2016-09") @Nullable String period,
            @Parameter(schema = @Schema(implementation = Channel.class)) @Nullable String channel,
            @Parameter(description = "of the statement, of a correction, or of what recipients were told") @Nullable
                    String reference,
            @Parameter(description = "true for those that were corrected, false for the others") @Nullable
                    String corrected,
            @Parameter(description = "true for those that were recorded by mistake, false for the others") @Nullable
                    String annulled,
            @Parameter(description = "true for those whose recipients must be told anew, false for the others")
                    @Nullable
                    String stale,
            @Nullable String limit,
            @Nullable String after,
            @Nullable String waitFor) {
        StatementsQuery query = existing(Queries.statements(
                asToldOn, organisation, measure, period, channel, reference, corrected, annulled, stale));
        Place from = Place.of(after);
        int size = PageView.limit(limit);
        Statements statements = registers.statements();
        List<Standing> found = statements
                .standings(query)
                .filter(standing -> from.isBefore(place(standing)))
                .limit(size + 1L)
                .toList();
        return PageView.of(
                found,
                size,
                StatementsController::place,
                standing -> StatementView.of(statements, standing, query.toldBy()));
    }

    @GetMapping("/conflicts")
    @Operation(summary = "Statements that give different figures for one thing, or more for a part than for the whole")
    PageView<ConflictView> conflicts(
            @Nullable String organisation,
            @Parameter(schema = @Schema(implementation = PublishedMeasure.class)) @Nullable String measure,
            @Parameter(description = "as told by the end of this date") @Nullable String asToldOn,
            @Nullable String limit,
            @Nullable String after,
            @Nullable String waitFor) {
        StatementsQuery query =
                existing(Queries.statements(asToldOn, organisation, measure, null, null, null, null, null, null));
        Place from = Place.of(after);
        int size = PageView.limit(limit);
        List<Conflict> found = registers
                .statements()
                .conflicts(query)
                .filter(conflict -> from.isBefore(place(conflict)))
                .limit(size + 1L)
                .toList();
        return PageView.of(found, size, StatementsController::place, ConflictView::of);
    }

    /** Where something stands in a list: by a position, and by a second one where the first is not enough. */
    private record Place(long first, long second) {
        static Place of(@Nullable String after) {
            String place = PageView.after(after);
            if (place == null) {
                return new Place(-1, -1);
            }
            Matcher parts = PLACE.matcher(place);
            if (!parts.matches()) {
                throw PageView.badAfter();
            }
            String second = parts.group(2);
            return new Place(Long.parseLong(parts.group(1)), second == null ? -1 : Long.parseLong(second));
        }

        boolean isBefore(Place other) {
            return first < other.first || (first == other.first && second < other.second);
        }

        @Override
        public String toString() {
            return second < 0 ? Long.toString(first) : first + "_" + second;
        }
    }

    private static Place place(Standing standing) {
        return new Place(standing.statement().firstPosition(), -1);
    }

    private static Place place(Conflict conflict) {
        return new Place(conflict.firstPosition(), conflict.secondPosition());
    }

    private StatementsQuery existing(StatementsQuery query) {
        Queries.checkKnown(query.organisation(), registers.organisations());
        return query;
    }

    private ResponseEntity<byte[]> change(
            String id, HttpServletRequest request, BiFunction<StatementId, Occasion, StatementCommand> command) {
        StatementId of = Conditions.statementId(id);
        return changes.change(
                request,
                occasion -> command.apply(of, occasion),
                (Recorded result) -> answers.of(200, null, result.sequence(), view(of, result)));
    }

    /** What is being recorded is not in the register yet. */
    private StatementView view(StatementId id, Recorded recorded) {
        Statements statements = registers.statements().with(id.toString(), recorded.state());
        return StatementView.of(statements, statements.find(id.toString()).orElseThrow(), null);
    }
}
