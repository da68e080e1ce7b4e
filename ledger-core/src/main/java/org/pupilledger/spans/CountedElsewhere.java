package org.pupilledger.spans;

/** What is counted for an organisation already, as far as a rule needs to know it. */
@FunctionalInterface
public interface CountedElsewhere {
    /**
     * Whether a single request or another total of the organisation stands in months of a total. Nobody records one before
     * the command that asked is done.
     */
    boolean isIn(SpanHeader span);
}
