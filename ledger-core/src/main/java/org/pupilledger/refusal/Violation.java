package org.pupilledger.refusal;

import org.pupilledger.codes.Rule;

/**
 * A rule and the place that breaks it.
 *
 * @param pointer RFC 6901 pointer into the body of the command, empty for the whole of it
 * @param detail  one sentence for a person or two; repeats no input
 */
public record Violation(Rule rule, String pointer, String detail) {
    public Violation(Rule rule, String pointer) {
        this(rule, pointer, rule.detail());
    }
}
