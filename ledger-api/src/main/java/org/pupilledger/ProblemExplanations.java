package org.pupilledger;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupilledger.codes.Rule;
import org.pupilledger.privacy.Guard;
import org.pupilledger.problems.ProblemType;
import org.pupilledger.web.ProblemCatalogue;

/** The problem types, with the codes that their errors can hold. */
final class ProblemExplanations implements ProblemCatalogue {
    @Override
    public List<String> slugs() {
        return Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList();
    }

    @Override
    public Optional<Explained> find(String slug) {
        return ProblemType.parse(slug)
                .map(type -> new Explained(type.title(), type.status(), type.advice(), codes(type)));
    }

    private static Map<String, String> codes(ProblemType type) {
        Map<String, String> codes = new LinkedHashMap<>();
        if (type == ProblemType.RULE_BROKEN) {
            for (Rule rule : Rule.values()) {
                codes.put(rule.code(), rule.detail());
            }
        }
        if (type == ProblemType.PERSONAL_DATA) {
            for (Guard.Finding finding : Guard.Finding.values()) {
                codes.put(finding.code(), "It looks like " + finding.label() + ".");
            }
        }
        return codes;
    }
}
