package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;
import org.pupilledger.views.CodeLists;
import org.pupilledger.views.CodeLists.CodeList;
import org.pupilledger.web.Page;
import org.pupilledger.web.Site;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every list of codes, with what a person reads for each. */
@RestController
record CodePages(Site site) {
    private static final Page PAGE = new Page(
            "Codes and what they mean",
            "Every code in the figures, files and the interface, in plain English.",
            "/codes",
            "/about");

    private static final List<Column> COLUMNS = List.of(
            new Column("list", "List", Column.Kind.CODE, "Which list it is in."),
            new Column("code", "Code", Column.Kind.CODE, "As files and the interface have it."),
            new Column("label", "Label", Column.Kind.TEXT, "As a person reads it."),
            new Column("source", "Source", Column.Kind.TEXT, "Address of the law or text that says what it is."));

    @GetMapping("/codes")
    ResponseEntity<byte[]> codes(HttpServletRequest request) {
        List<CodeList> lists = CodeLists.all();
        return site.answer(request, "codes", PAGE, Map.of("lists", lists), lists, () -> table(lists));
    }

    private static Table table(List<CodeList> lists) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (CodeList list : lists) {
            for (CodeLists.Coded coded : list.codes()) {
                List<@Nullable Object> row = new ArrayList<>();
                row.add(list.name());
                row.add(coded.code());
                row.add(coded.label());
                row.add(coded.source());
                rows.add(row);
            }
        }
        return new Table("codes", PAGE.title(), PAGE.description(), COLUMNS, rows);
    }
}
