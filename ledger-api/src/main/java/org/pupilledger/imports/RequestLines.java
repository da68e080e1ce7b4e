package org.pupilledger.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.pupilledger.imports.Imported.Line;
import org.pupilledger.imports.Imported.Outcome;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.refusal.Refused;
import org.pupilledger.register.States;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.store.Commands;
import org.pupilledger.store.Commands.BulkRequest;
import org.pupilledger.store.ContentClaims;
import org.pupilledger.values.RequestId;

/**
 * Records requests of a file. Historic ones of a chunk are one transaction; a live one, and what becomes of any later, is
 * taken step by step, as callers take it.
 */
final class RequestLines {
    private static final int MAX_TRIES = 5;

    private final CsvHeader header;
    private final Commands commands;
    private final ContentClaims contents;
    private final RequestSteps steps;
    private final Officer officer;
    private final Occasion now;
    private final Tally tally;
    private final Map<String, Integer> occurrences = new HashMap<>();

    /** @param told requests as they were first told */
    RequestLines(
            CsvHeader header,
            Commands commands,
            ContentClaims contents,
            States<RequestEvent, RequestState> told,
            Officer officer,
            Occasion now,
            Tally tally) {
        this.header = header;
        this.commands = commands;
        this.contents = contents;
        this.steps = new RequestSteps(commands, contents, told, officer, tally);
        this.officer = officer;
        this.now = now;
        this.tally = tally;
    }

    /** A historic line that was found good. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    private record Good(RequestLine line, byte[] digest, int occurrence) {
        String key() {
            return ContentClaims.key(digest, occurrence);
        }
    }

    void chunk(List<CsvLines.RawLine> chunk) {
        List<Good> historic = new ArrayList<>(chunk.size());
        List<RequestLine> live = new ArrayList<>();
        for (CsvLines.RawLine raw : chunk) {
            try {
                RequestLine line =
                        RequestColumns.read(raw.number(), header.read(raw), new RequestId(UUID.randomUUID()), now);
                if (line.isLive()) {
                    live.add(line);
                } else {
                    historic.add(good(line));
                }
            } catch (PersonalDataFound | InvalidInput | Refused e) {
                tally.add(Line.refused(raw.number(), e));
            }
        }
        if (!historic.isEmpty()) {
            List<Line> outcomes = record(historic);
            for (int i = 0; i < outcomes.size(); i++) {
                tally.add(steps.after(outcomes.get(i), historic.get(i).line()));
            }
        }
        live.forEach(line -> tally.add(steps.live(line)));
    }

    private Good good(RequestLine line) {
        byte[] digest = ContentClaims.digest(line.told());
        int occurrence =
                line.references().isEmpty() ? occurrences.merge(ContentClaims.key(digest, 0), 1, Integer::sum) : 0;
        return new Good(line, digest, occurrence);
    }

    /** What becomes of each. Another program may claim the same meanwhile; then the chunk is looked at anew. */
    private List<Line> record(List<Good> good) {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryToRecord(good);
            } catch (Refused.DuplicateReference e) {
                if (attempt == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    private List<Line> tryToRecord(List<Good> good) {
        Map<String, String> holders = contents.holders(
                good.stream().map(Good::digest).toList(),
                good.stream().map(Good::occurrence).toList());
        Set<String> taken = new HashSet<>(contents.holders(good.stream()
                        .flatMap(one -> one.line().references().stream())
                        .toList())
                .keySet());
        List<Line> outcomes = new ArrayList<>();
        List<BulkRequest> fresh = new ArrayList<>();
        for (Good one : good) {
            RequestLine line = one.line();
            String holder = holders.get(one.key());
            if (holder != null) {
                outcomes.add(Line.of(line.number(), Outcome.ALREADY_RECORDED, holder));
            } else if (line.references().stream().anyMatch(taken::contains)) {
                outcomes.add(Line.refused(line.number(), new Refused.DuplicateReference()));
            } else if (officer.recorder() == null) {
                outcomes.add(Line.refused(line.number(), Officer.needed()));
            } else {
                String id = line.told().id().toString();
                holders.put(one.key(), id);
                taken.addAll(line.references());
                fresh.add(new BulkRequest(line.told(), one.digest(), one.occurrence()));
                outcomes.add(Line.of(line.number(), Outcome.RECORDED, id));
            }
        }
        if (!fresh.isEmpty()) {
            commands.send(fresh, officer.needRecorder());
            BulkRequest newest = fresh.getLast();
            tally.recorded(
                    newest.command().id().toString(), newest.command().events().size() - 1L);
        }
        return outcomes;
    }
}
