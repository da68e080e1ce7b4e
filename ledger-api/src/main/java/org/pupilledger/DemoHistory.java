package org.pupilledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementCommand.ListAgreement;
import org.pupilledger.agreement.AgreementCommand.RegisterAgreement;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.coverage.CoverageCommand.ConfirmCoverage;
import org.pupilledger.coverage.CoverageCommand.ProposeCoverage;
import org.pupilledger.coverage.CoverageState;
import org.pupilledger.http.JsonInput;
import org.pupilledger.imports.Imported.Last;
import org.pupilledger.intake.AgreementInput;
import org.pupilledger.intake.AgreementInput.NoticeInput;
import org.pupilledger.intake.AgreementReader;
import org.pupilledger.intake.CoverageInput;
import org.pupilledger.intake.CoverageReader;
import org.pupilledger.intake.PeriodTotalInput.PeriodTotalCorrectionInput;
import org.pupilledger.intake.PeriodTotalReader;
import org.pupilledger.intake.StatementInput;
import org.pupilledger.intake.StatementInput.StatementCorrectionInput;
import org.pupilledger.intake.StatementReader;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Registers;
import org.pupilledger.request.Occasion;
import org.pupilledger.security.Role;
import org.pupilledger.spans.PeriodTotalId;
import org.pupilledger.spans.PeriodTotalState;
import org.pupilledger.statement.StatementId;
import org.pupilledger.statement.StatementState;
import org.pupilledger.store.Author;
import org.pupilledger.values.AgreementReference;
import org.springframework.core.io.ClassPathResource;

/**
 * Records what became of the demo's samples: corrections, what the record is complete of, an agreement, and what Parliament
 * was told. Each is looked up first, so that a demo that starts again, or that was killed half way, does nothing twice, and
 * takes back nothing that somebody did meanwhile.
 */
record DemoHistory(Recording recording, Registers registers) {
    private static final String FILE = "samples/history.json";

    /** The file: bodies of calls. */
    public record History(
            List<CorrectedTotal> corrections,
            List<CoverageInput> coverage,
            List<AgreementInput> agreements,
            List<ListedAgreement> listings,
            List<CorrectedStatement> statements) {}

    public record CorrectedTotal(String organisation, PeriodTotalCorrectionInput correction) {}

    public record ListedAgreement(String reference, NoticeInput notice) {}

    public record CorrectedStatement(
            StatementInput statement, @Nullable StatementCorrectionInput correction) {}

    /**
     * Corrects what is not corrected yet.
     *
     * @param totals ids of the totals that were imported
     * @return the newest event, null where nothing was recorded
     */
    @Nullable
    Last correct(List<String> totals) throws IOException {
        Last last = null;
        for (CorrectedTotal corrected : read().corrections()) {
            last = newer(last, correct(totals, corrected));
        }
        return last;
    }

    /**
     * Registers agreements, and tells that a published list shows them, where that was not done.
     *
     * @return the newest event, null where nothing was recorded
     */
    @Nullable
    Last agree() throws IOException {
        History history = read();
        Last last = null;
        for (AgreementInput agreement : history.agreements()) {
            last = newer(last, register(agreement));
        }
        for (ListedAgreement listed : history.listings()) {
            last = newer(last, list(listed));
        }
        return last;
    }

    /**
     * Records what is not there yet, but for corrections of totals and agreements.
     *
     * @return the newest event, null where nothing was recorded
     */
    @Nullable
    Last record() throws IOException {
        History history = read();
        Last last = null;
        for (CoverageInput covered : history.coverage()) {
            last = newer(last, declare(covered));
        }
        for (int i = 0; i < history.statements().size(); i++) {
            // the same at each start
            UUID id = UUID.nameUUIDFromBytes((FILE + i).getBytes(StandardCharsets.UTF_8));
            last = newer(last, tell(new StatementId(id), history.statements().get(i)));
        }
        return last;
    }

    private static History read() throws IOException {
        try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
            return JsonInput.read(file.readAllBytes(), History.class);
        }
    }

    private static @Nullable Last newer(@Nullable Last last, @Nullable Last next) {
        return next == null ? last : next;
    }

    private @Nullable Last correct(List<String> totals, CorrectedTotal corrected) {
        for (String id : totals) {
            Optional<PeriodTotalState> state = registers.totalStates().committed(id);
            boolean isMeant = state.filter(total -> total.isStanding()
                            && total.corrections().isEmpty()
                            && total.header().organisation().value().equals(corrected.organisation()))
                    .isPresent();
            if (isMeant) {
                PeriodTotalId of = new PeriodTotalId(UUID.fromString(id));
                return new Last(
                        id,
                        recording
                                .commands()
                                .send(
                                        PeriodTotalReader.correction(of, corrected.correction(), occasion()),
                                        author(Role.APPROVER))
                                .sequence());
            }
        }
        return null;
    }

    private @Nullable Last declare(CoverageInput input) {
        ProposeCoverage proposal = CoverageReader.proposal(input, occasion());
        Optional<CoverageState> before = registers.coverage().committed(proposal.id());
        if (before.isEmpty()) {
            recording.commands().send(proposal, author(Role.PUBLISHER));
        } else if (before.get().standing() != CoverageState.Standing.PROPOSED) {
            return null;
        }
        return new Last(
                proposal.id(),
                recording
                        .commands()
                        .send(new ConfirmCoverage(proposal.id(), occasion()), author(Role.APPROVER))
                        .state()
                        .sequence());
    }

    private @Nullable Last register(AgreementInput input) {
        RegisterAgreement command = AgreementReader.registration(input, occasion());
        if (registers.agreements().find(command.reference()).isPresent()) {
            return null;
        }
        recording.commands().send(command, author(Role.RECORDER));
        return new Last(command.id(), 0);
    }

    private @Nullable Last list(ListedAgreement listed) {
        AgreementReference reference =
                AgreementReference.parse(listed.reference()).orElseThrow();
        boolean isUntouched = registers
                .agreements()
                .find(reference)
                .filter(found -> found instanceof AgreementPermission permission
                        && permission.agreement().notices().isEmpty())
                .isPresent();
        if (!isUntouched) {
            return null;
        }
        ListAgreement command = AgreementReader.notice(
                listed.notice(), occasion(), (notice, occasion) -> new ListAgreement(reference, notice, occasion));
        return new Last(
                command.id(),
                recording.commands().send(command, author(Role.RECORDER)).sequence());
    }

    private @Nullable Last tell(StatementId id, CorrectedStatement told) {
        Last last = null;
        Optional<StatementState> before = registers.statementStates().committed(id.toString());
        if (before.isEmpty()) {
            recording
                    .commands()
                    .send(
                            StatementReader.statement(id, told.statement(), occasion(), -1, registers::figuresAt),
                            author(Role.RECORDER));
            last = new Last(id.toString(), 0);
        }
        boolean isUntouched = before.isEmpty()
                || (before.get().annulment() == null
                        && before.get().corrections().isEmpty());
        if (told.correction() != null && isUntouched) {
            recording
                    .commands()
                    .send(StatementReader.correction(id, told.correction(), occasion()), author(Role.APPROVER));
            last = new Last(id.toString(), 1);
        }
        return last;
    }

    private Occasion occasion() {
        return recording.occasion();
    }

    /** The user of the demo who has the role. */
    private Author author(Role role) {
        return DemoSamples.author(recording, role);
    }
}
