package org.pupilledger.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent.Change;
import org.pupilledger.agreement.AgreementEvent.Corrected;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.Ending;
import org.pupilledger.agreement.Suspension;
import org.pupilledger.agreement.Terms;

/** What a correction of an agreement changed: numbers, dates and codes; of words only that there are others. */
final class AgreementChanges {
    private final List<FieldChange> changes = new ArrayList<>();

    private AgreementChanges() {}

    static List<FieldChange> of(Corrected correction) {
        AgreementChanges all = new AgreementChanges();
        Change<Terms> terms = correction.terms();
        Change<Suspension> suspension = correction.suspension();
        Change<Ending> end = correction.end();
        if (terms != null) {
            all.terms(terms.was(), Objects.requireNonNull(terms.now()));
        }
        if (suspension != null) {
            Suspension now = suspension.now();
            all.add("suspension.on", suspension.was().on(), now == null ? null : now.on());
            all.add("suspension.reason", suspension.was().reason(), now == null ? null : now.reason());
        }
        if (end != null) {
            Ending now = end.now();
            all.add("end.on", end.was().on(), now == null ? null : now.on());
            all.add("end.evidence", end.was().evidence(), now == null ? null : now.evidence());
        }
        return all.changes;
    }

    private void terms(Terms was, Terms now) {
        add("number", was.number(), now.number());
        add("from", was.from(), now.from());
        add("parties", parties(was), parties(now));
        add("lawfulBasis", was.lawfulBasis(), now.lawfulBasis());
        add("gateway", was.gateway(), now.gateway());
        add("route", was.route().access(), now.route().access());
        add("itemsIn", was.itemsIn(), now.itemsIn());
        add("itemsOut", was.itemsOut(), now.itemsOut());
        add("monthlyCeiling", was.monthlyCeiling(), now.monthlyCeiling());
        Details before = was.details();
        Details after = now.details();
        add("status", before.status(), after.status());
        add("signed", before.signed(), after.signed());
        add("expiry", before.expiry(), after.expiry());
        add("review", before.review(), after.review());
        add("dpia", before.dpia(), after.dpia());
        add("source", before.source(), after.source());
    }

    private static List<String> parties(Terms terms) {
        return terms.parties().stream()
                .map(party -> party.organisation() + " " + party.role())
                .toList();
    }

    private void add(String field, @Nullable Object was, @Nullable Object now) {
        if (!Objects.equals(was, now)) {
            changes.add(new FieldChange(field, written(was), written(now)));
        }
    }

    private static @Nullable Object written(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Integer number -> number.longValue();
            case List<?> list -> list.stream().map(Object::toString).toList();
            default -> value.toString();
        };
    }
}
