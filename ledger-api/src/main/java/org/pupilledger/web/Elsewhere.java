package org.pupilledger.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Addresses beside those of the pages: whoever comes to one has mistyped it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
record Elsewhere(PageErrors errors) {
    @ExceptionHandler
    ResponseEntity<byte[]> answer(NoResourceFoundException nothing, HttpServletRequest request) {
        return errors.answer(nothing, request);
    }
}
