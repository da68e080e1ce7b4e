package org.pupilledger.catalogue;

import java.util.List;

/**
 * What of a database a verification leaves aside, and why. Everything that is not named here is compared.
 *
 * @param columns as {@code table.column}, or a table for all of its columns
 * @param text    for a person to read
 */
public record NotChecked(List<String> columns, String text) {
    public NotChecked {
        columns = List.copyOf(columns);
    }

    /** All of it. */
    public static final List<NotChecked> OF_DATABASE = List.of(
            new NotChecked(
                    List.of("monthly_total", "total_organisation", "total_coverage"),
                    "the running totals: the server compares them with the entries every night, and rebuild totals makes"
                            + " them anew"),
            new NotChecked(
                    List.of("organisation", "request", "request_reference", "registered"),
                    "the register, by which requests and organisations are found: the server compares it with the entries"
                            + " every night, and rebuild register makes it anew"),
            new NotChecked(
                    List.of(
                            "projection.copy",
                            "projection.version",
                            "rebuild",
                            "processor_token.segment",
                            "processor_token.token_type",
                            "processor_token.claimed_at",
                            "processor_token.owner"),
                    "which copy of a projection serves, which version made it, who works at it, and rebuilds under way:"
                            + " rebuild all makes a copy anew, unless the version is one of a newer program"),
            new NotChecked(
                    List.of("snapshot"),
                    "snapshots that shorten replays: one is used only where its MAC holds, and the server compares them every"
                            + " night"),
            new NotChecked(
                    List.of("content_claim"),
                    "which content was imported: where a row is gone, a file imported again adds its requests a second"
                            + " time; rebuild claims makes them anew, but for a line that was imported all alone"),
            new NotChecked(
                    List.of("idempotency_key"),
                    "whether an answer under an idempotency key of the last 31 days is gone: who repeats its call records it a"
                            + " second time; one that is there is checked where all keys are at hand"),
            new NotChecked(
                    List.of("actor"),
                    "which name an actor's id stands for: no event holds a name, so nothing here can say"),
            new NotChecked(
                    List.of("sequencer.cluster", "sequencer.mac"),
                    "for which cluster the sequencer's place counts, and its MAC: where one is changed, all events are looked"
                            + " at again"),
            new NotChecked(
                    List.of("flyway_schema_history"), "the list of migrations: what they made is compared instead"));
}
