package org.pupilledger.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.node.Registers;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.spans.PeriodTotalState;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementState;
import org.pupilledger.statement.StatementsQuery;
import org.pupilledger.values.Historic;
import org.pupilledger.values.SourceReference;
import org.pupilledger.web.PublicEditions.Edition;
import org.springframework.stereotype.Component;

/** What sources tell of a published figure: the one from which a total was taken, and what was told outside of the same. */
@Component
public record Sources(Registers registers) {
    private static final String TOTALS = "period-totals";

    /** Of a total of a longer period, as the ledger had it when the edition was made; of any other row nothing. */
    List<String> source(Edition edition, Row row) {
        return row.table().name().equals(TOTALS)
                ? registers.totalStates().at(edition.revision().content().position()).stream()
                        .map(found -> found.state())
                        .filter(total -> total.isStanding()
                                && total.header().organisation().value().equals(row.text("organisation"))
                                && total.header().period().toString().equals(row.text("period")))
                        .flatMap(Sources::sentences)
                        .toList()
                : List.of();
    }

    private static Stream<String> sentences(PeriodTotalState total) {
        List<String> told = new ArrayList<>();
        told.add("It is part of a total that a source tells of "
                + total.header().period().label() + " together. It is not counted from single requests.");
        Historic source = total.source();
        told.add(
                source.source().isPublished()
                        ? "Source: " + source.source().label() + reference(source.reference())
                                + (source.published() == null ? "" : ", published " + Dates.day(source.published()))
                                + "."
                        : "The source is not published.");
        total.corrections()
                .forEach(correction -> told.add(
                        "Corrected since: " + correction.cause().label() + reference(correction.authority()) + "."));
        return told.stream();
    }

    private static String reference(@Nullable SourceReference reference) {
        return reference == null ? "" : ", " + reference.value();
    }

    /** Statements about the same figure, those annulled left out. */
    List<String> of(Row row, String column) {
        PublishedMeasure measure = Code.parse(PublishedMeasure.class, column).orElse(null);
        OrganisationCode organisation =
                OrganisationCode.parse(row.text("organisation")).orElse(null);
        Period period = Period.parse(row.text("period")).orElse(null);
        if (measure == null || organisation == null || period == null) {
            return List.of();
        }
        return registers
                .statements()
                .standings(new StatementsQuery(null, organisation, measure, period, null, null, null, false, null))
                .map(standing -> sentence(standing.statement().state()))
                .toList();
    }

    private static String sentence(StatementState statement) {
        var telling = statement.made().telling();
        return Dates.day(telling.toldOn()) + ", " + telling.channel().label() + reference(telling.reference()) + ": "
                + statement.made().value()
                + (statement.corrections().isEmpty() ? "." : "; corrected since to " + statement.value() + ".");
    }
}
