package org.pupilledger.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be said of each problem type. */
public interface ProblemCatalogue {
    /**
     * One problem type.
     *
     * @param codes codes in its errors and what each means; empty where it has none
     */
    record Explained(String title, int status, String advice, Map<String, String> codes) {}

    List<String> slugs();

    Optional<Explained> find(String slug);
}
