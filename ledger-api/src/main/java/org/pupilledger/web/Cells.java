package org.pupilledger.web;

import org.pupilledger.web.PublicEditions.Edition;

/** Addresses of the pages that explain one published number each. */
final class Cells {
    private Cells() {}

    static String path(Edition edition, Row row, String column) {
        return path(edition, row.table().name(), row.text("period"), row.text("organisation"), column);
    }

    /** @param period as tables have it; a range is written with an underscore, since a slash would divide the address */
    static String path(Edition edition, String table, String period, String organisation, String column) {
        return edition.path() + "/" + table + "/" + period.replace('/', '_') + "/" + organisation + "/" + column
                + edition.query();
    }
}
