package org.pupilledger.request;

/**
 * A rule and the place that breaks it.
 *
 * @param pointer RFC 6901 pointer into the body of the command, empty for the whole of it
 */
public record Violation(Rule rule, String pointer) {}
