package org.pupilledger.rest;

import java.util.function.Function;
import java.util.function.Supplier;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.security.Role;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Gives the commands of callers, and answers a repeated one as the first time. */
@Component
final class Changes {
    private final LedgerNode node;

    Changes(LedgerNode node) {
        this.node = node;
    }

    /**
     * Does something that records no event.
     *
     * @param role   in which the caller acts
     * @param action done only where the call was not answered before
     */
    ResponseEntity<byte[]> once(Caller caller, Role role, Supplier<Answer> action) {
        Author author = node.recording().author(caller.user(), role.name());
        var call = Answers.call(caller.key(), author.actor(), caller.method(), caller.path());
        return Answers.response(node.recording().commands().once(call, action));
    }

    /**
     * Gives a command.
     *
     * @param role    in which the caller acts
     * @param command looked at only where the call was not answered before
     * @param answer  made from what the command returned, in its transaction
     */
    <R> ResponseEntity<byte[]> answer(Caller caller, Role role, Supplier<?> command, Function<R, Answer> answer) {
        Author author = node.recording().author(caller.user(), role.name());
        var call = Answers.call(caller.key(), author.actor(), caller.method(), caller.path());
        return Answers.response(node.recording().commands().answer(command, author, call, answer));
    }
}
