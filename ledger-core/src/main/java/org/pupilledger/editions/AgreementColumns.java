package org.pupilledger.editions;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementPermission;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.agreement.Approval;
import org.pupilledger.agreement.Details;
import org.pupilledger.agreement.Licence;
import org.pupilledger.agreement.Terms;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Item;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;

/** The columns of the table of agreements but for the status, and what an agreement has in each. */
final class AgreementColumns {
    private static final String BETWEEN = "; ";
    private static final String NOT_AVAILABLE = "[x] ";
    private static final String NOT_APPLICABLE = "[z] ";

    /**
     * An agreement on the day of the table.
     *
     * @param standing in words
     */
    record Agreed(AgreementState agreement, Terms terms, String standing) {
        static Agreed of(AgreementState agreement, @Nullable AgreementState umbrella, LocalDate day) {
            return new Agreed(
                    agreement,
                    agreement.termsOn(day),
                    new AgreementPermission(agreement, umbrella).standing(day).label());
        }

        Details details() {
            return terms.details();
        }
    }

    /**
     * A column.
     *
     * @param mark  shorthand for an empty cell; null where there is none
     * @param rules the first that show it
     */
    record Shown(Column column, @Nullable String mark, EditionRules rules, Function<Agreed, @Nullable Object> read) {
        @Nullable
        Object cell(Agreed agreed) {
            return read.apply(agreed);
        }

        /** In the status of a row in which it is empty. */
        Optional<String> ofEmpty() {
            return Optional.ofNullable(mark)
                    .map(shorthand -> shorthand + column.label().toLowerCase(Locale.ROOT));
        }
    }

    private static final List<Shown> ALL = List.of(
            term(
                    "reference",
                    "Reference",
                    Kind.CODE,
                    "The department's reference for the agreement.",
                    null,
                    agreed -> agreed.agreement().reference()),
            term(
                    "level",
                    "Level",
                    Kind.TEXT,
                    "Umbrella agreement, or one for a process.",
                    null,
                    agreed -> agreed.agreement().level().label()),
            term(
                    "umbrella",
                    "Umbrella",
                    Kind.CODE,
                    "Reference of the agreement under which it stands.",
                    NOT_APPLICABLE,
                    agreed -> agreed.agreement().umbrella()),
            detail("title", "Title", Kind.TEXT, "Its title in the words of the register.", Details::title),
            term(
                    "parties",
                    "Parties",
                    Kind.TEXT,
                    "Codes of its organisations, each with its role.",
                    null,
                    agreed -> agreed.terms().parties().stream()
                            .map(party ->
                                    party.organisation() + " (" + party.role().label() + ")")
                            .collect(Collectors.joining(BETWEEN))),
            detail(
                    "permitted_use",
                    "Permitted use",
                    Kind.TEXT,
                    "What the data may be used for, in the words of the register.",
                    Details::permittedUse),
            term(
                    "version",
                    "Version",
                    Kind.CODE,
                    "Number of the version on that day.",
                    null,
                    agreed -> agreed.terms().number()),
            term(
                    "version_from",
                    "Version from",
                    Kind.DATE,
                    "First day or month of that version.",
                    NOT_AVAILABLE,
                    agreed -> agreed.terms().from()),
            detail(
                    "register_status",
                    "Register status",
                    Kind.TEXT,
                    "How far the version has come, as the register has it.",
                    details -> details.status().label()),
            detail("signed", "Signed", Kind.DATE, "Day or month of its signature.", Details::signed),
            detail("expiry", "Expiry", Kind.DATE, "Its last day or month.", Details::expiry),
            detail("review", "Review", Kind.DATE, "Day or month in which it is to be reviewed.", Details::review),
            term(
                    "standing",
                    "Standing",
                    Kind.TEXT,
                    "Whether it was in force on that day, or why not.",
                    null,
                    Agreed::standing),
            term(
                    "lawful_basis",
                    "Lawful basis",
                    Kind.TEXT,
                    "Ground under Article 6 of the UK GDPR.",
                    NOT_AVAILABLE,
                    agreed -> label(agreed.terms().lawfulBasis())),
            term(
                    "gateway",
                    "Gateway",
                    Kind.TEXT,
                    "The legal power to share.",
                    NOT_AVAILABLE,
                    agreed -> label(agreed.terms().gateway())),
            term(
                    "access_route",
                    "Access route",
                    Kind.TEXT,
                    "How the data are reached.",
                    null,
                    agreed -> agreed.terms().route().access().label()),
            term(
                    "access_reason",
                    "Reason for the route",
                    Kind.TEXT,
                    "Why they are reached so.",
                    NOT_APPLICABLE,
                    agreed -> label(agreed.terms().route().reason())),
            term(
                    "items_in",
                    "Items submitted",
                    Kind.TEXT,
                    "Data items that may be submitted.",
                    null,
                    agreed -> items(agreed.terms().itemsIn())),
            term(
                    "items_out",
                    "Items returned",
                    Kind.TEXT,
                    "Data items that may be returned.",
                    null,
                    agreed -> items(agreed.terms().itemsOut())),
            term(
                    "monthly_ceiling",
                    "Monthly ceiling",
                    Kind.PEOPLE,
                    "Most people that may be submitted in a month under it.",
                    NOT_APPLICABLE,
                    agreed -> number(agreed.terms().monthlyCeiling())),
            detail(
                    "licence_end",
                    "Licence end",
                    Kind.DATE,
                    "Last day or month of the licence to use the data.",
                    details -> of(details.licence(), Licence::end)),
            detail(
                    "licence",
                    "Licence",
                    Kind.TEXT,
                    "When the licence ends, in the words of the register.",
                    details -> of(details.licence(), Licence::description)),
            term(
                    "dpia",
                    "Impact assessment",
                    Kind.CODE,
                    "Reference of the data protection impact assessment.",
                    NOT_AVAILABLE,
                    agreed -> agreed.details().dpia()),
            detail(
                    "approval",
                    "Approval",
                    Kind.TEXT,
                    "Whether it came through the data sharing approval panel (DSAP).",
                    details ->
                            of(details.approval(), approval -> approval.panel().label())),
            detail(
                    "considered_on",
                    "Considered on",
                    Kind.DATE,
                    "Day or month in which the panel considered it.",
                    details -> of(details.approval(), Approval::on)));

    private AgreementColumns() {}

    /** In their order. */
    static List<Shown> of(EditionRules rules) {
        return ALL.stream().filter(shown -> shown.rules().compareTo(rules) <= 0).toList();
    }

    private static Shown term(
            String name,
            String label,
            Kind kind,
            String description,
            @Nullable String mark,
            Function<Agreed, @Nullable Object> read) {
        return new Shown(
                new Column(name, label, kind, description),
                mark,
                EditionRules.EDITION_1,
                agreed -> text(read.apply(agreed)));
    }

    private static Shown detail(
            String name, String label, Kind kind, String description, Function<Details, @Nullable Object> read) {
        return new Shown(
                new Column(name, label, kind, description),
                NOT_AVAILABLE,
                EditionRules.EDITION_2,
                agreed -> text(read.apply(agreed.details())));
    }

    private static @Nullable Object text(@Nullable Object value) {
        return value == null || value instanceof Long ? value : value.toString();
    }

    private static <T> @Nullable Object of(@Nullable T part, Function<T, @Nullable Object> read) {
        return part == null ? null : read.apply(part);
    }

    private static @Nullable Object number(@Nullable Integer number) {
        return number == null ? null : number.longValue();
    }

    private static @Nullable String label(@Nullable Code code) {
        return code == null ? null : code.label();
    }

    private static String items(List<Item> items) {
        return items.stream().map(Item::label).collect(Collectors.joining(BETWEEN));
    }
}
