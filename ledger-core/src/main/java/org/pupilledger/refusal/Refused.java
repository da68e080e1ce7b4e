package org.pupilledger.refusal;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Rule;
import org.pupilledger.privacy.Guard;
import org.pupilledger.values.SourceReference;

/** A command that was refused; nothing was recorded. Messages repeat no input. */
public abstract sealed class Refused extends RuntimeException {
    private Refused(String message) {
        // Refusals are answers, not faults: no stack trace is needed, and filling one costs more than the decision.
        super(message, null, false, false);
    }

    /** Rules of the domain are broken. */
    public static final class RuleBroken extends Refused {
        private final List<Violation> violations;

        public RuleBroken(List<Violation> violations) {
            super("rule broken");
            this.violations = List.copyOf(violations);
        }

        public RuleBroken(Rule rule, String pointer) {
            this(List.of(new Violation(rule, pointer)));
        }

        /** Refuses where any rule is broken. */
        public static void ifAny(List<Violation> violations) {
            if (!violations.isEmpty()) {
                throw new RuleBroken(violations);
            }
        }

        /** At least one. */
        public List<Violation> violations() {
            return violations;
        }
    }

    /** What a live request may not leave out is missing. */
    public static final class Incomplete extends Refused {
        private final List<String> pointers;

        public Incomplete(List<String> pointers) {
            super("incomplete");
            this.pointers = List.copyOf(pointers);
        }

        /** Refuses where anything is missing. */
        public static void ifAny(List<String> pointers) {
            if (!pointers.isEmpty()) {
                throw new Incomplete(pointers);
            }
        }

        /** RFC 6901 pointers into the body of the command, at least one. */
        public List<String> pointers() {
            return pointers;
        }
    }

    /** The step contradicts what is recorded already. */
    public static final class Conflict extends Refused {
        private final Reason reason;

        /** Why a step cannot be taken. */
        public enum Reason {
            ANNULLED("It is annulled."),
            CLOSED("The request is closed; it can only be corrected or annulled."),
            TOLD_DIFFERENTLY("This is recorded already, with other content. Correct it instead."),
            OUT_OF_TURN("It is not at a stage where this can happen."),
            ANNOUNCED_SINCE("A quarter that it shows has had an edition of its own announced since. Preview it again."),
            NOT_SUSPENDED("The agreement is not suspended."),
            NOT_LISTED("No published list shows the agreement as live."),
            ENDED("The agreement has ended; only what lists show of it can be recorded."),
            FULL("It has as many references as a request can have."),
            STALE_WAS("The value given as 'was' is not the current value.");

            private final String detail;

            Reason(String detail) {
                this.detail = detail;
            }

            public String detail() {
                return detail;
            }
        }

        public Conflict(Reason reason) {
            super(reason.detail());
            this.reason = reason;
        }

        /** Refuses a step that is not at its turn. */
        public static void unlessInTurn(boolean isInTurn) {
            if (!isInTurn) {
                throw new Conflict(Reason.OUT_OF_TURN);
            }
        }

        public Reason reason() {
            return reason;
        }
    }

    /** A text looks like an identity or a secret. The edge has looked before; this is the second belt. */
    public static final class PersonalData extends Refused {
        private final Guard.Finding finding;
        private final String pointer;

        public PersonalData(Guard.Finding finding, String pointer) {
            super("personal data");
            this.finding = finding;
            this.pointer = pointer;
        }

        /** Refuses what the guard recognised. */
        public static void ifAny(Optional<Guard.Finding> finding) {
            ifAny(finding, "");
        }

        /** @param pointer RFC 6901 pointer into the body of the command, empty for the whole of it */
        public static void ifAny(Optional<Guard.Finding> finding, String pointer) {
            finding.ifPresent(found -> {
                throw new PersonalData(found, pointer);
            });
        }

        /** Refuses a reference in which the guard recognises anything. */
        public static void ifIn(@Nullable SourceReference reference) {
            if (reference != null) {
                ifAny(Guard.inSource(reference.value()));
            }
        }

        public Guard.Finding finding() {
            return finding;
        }

        /** RFC 6901 pointer into the body of the command, empty for the whole of it. */
        public String pointer() {
            return pointer;
        }
    }

    /** A reference belongs to another request. */
    public static final class DuplicateReference extends Refused {
        public DuplicateReference() {
            super("duplicate reference");
        }
    }

    /** The request has changed since the version that the caller knows. */
    public static final class StaleVersion extends Refused {
        public StaleVersion() {
            super("stale version");
        }
    }

    /** What a command is about is not there. */
    public static final class Unknown extends Refused {
        public Unknown() {
            super("unknown");
        }
    }

    /** An idempotency key was used for something else. */
    public static final class KeyReused extends Refused {
        public KeyReused() {
            super("idempotency key reused");
        }
    }
}
