package org.pupilledger.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.node.Recording;
import org.pupilledger.request.Occasion;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;
import org.pupilledger.store.IdempotencyKeys;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Gives the commands of callers, and answers a repeated one as the first time. */
@Component
public record Changes(Recording recording) {
    /**
     * Does something that records no event.
     *
     * @param action done only where the call was not answered before
     */
    public ResponseEntity<byte[]> once(HttpServletRequest request, Supplier<Answer> action) {
        Caller caller = Caller.of(request);
        return Answers.response(recording.commands().once(call(caller, author(caller)), () -> {
            caller.checkNoVersion();
            return action.get();
        }));
    }

    /**
     * Gives a command that adds to a collection.
     *
     * @param command looked at only where the call was not answered before
     * @param answer  made from what the command returned, in its transaction
     */
    public <R> ResponseEntity<byte[]> add(
            HttpServletRequest request, Function<Occasion, ?> command, Function<R, Answer> answer) {
        Caller caller = Caller.of(request);
        return answer(
                caller,
                () -> {
                    caller.checkNoVersion();
                    return command.apply(recording.occasion());
                },
                answer);
    }

    /** Gives a command that changes what is there, where it is as the caller knows it; see {@link #add}. */
    public <R> ResponseEntity<byte[]> change(
            HttpServletRequest request, Function<Occasion, ?> command, Function<R, Answer> answer) {
        Caller caller = Caller.of(request);
        return answer(caller, () -> command.apply(recording.occasion(caller.ifMatch(), caller.ifNoneMatch())), answer);
    }

    private <R> ResponseEntity<byte[]> answer(Caller caller, Supplier<?> command, Function<R, Answer> answer) {
        Author author = author(caller);
        return Answers.response(recording.commands().answer(command, author, call(caller, author), answer));
    }

    public Author author(Caller caller) {
        return recording.author(caller.user(), caller.role().name());
    }

    private static IdempotencyKeys.@Nullable Call call(Caller caller, Author author) {
        return Answers.call(caller.key(), author.actor(), caller.method(), caller.path());
    }
}
