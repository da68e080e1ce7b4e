package org.pupilledger;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.failure.NotYet;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.PlaceholderResolutionException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Has a refused start told in a sentence, which whoever starts the program can act on. The program ends with it, so Spring
 * has nothing to say before.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        return sentence(failure) != null;
    }

    /** What is against starting, without the value of any setting; null where it failed in another way. */
    static @Nullable String sentence(Throwable failure) {
        if (Starting.isStopping()) {
            return Starting.TOLD_TO_STOP;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = switch (cause) {
                case Hindered hindered -> hindered.getMessage();
                case NotYet early when early.what() == NotYet.What.TIMED -> early.getMessage();
                case BindException setting ->
                    setting.getName() + " cannot be read: it is "
                            + kind(setting.getTarget().getType().resolve(Object.class)) + ".";
                case MarkedYAMLException yaml ->
                    "A configuration file is not YAML"
                            + (yaml.getProblemMark() == null
                                    ? "."
                                    : " as of line " + (yaml.getProblemMark().getLine() + 1) + ".");
                case ConfigDataNotFoundException _ -> "A configuration file that a setting names does not exist.";
                case PlaceholderResolutionException _ -> "A setting refers to another by ${...}, which is not set.";
                case PortInUseException port ->
                    "Port " + port.getPort() + " is in use by another program. Stop that one, or set server.port.";
                default -> null;
            };
            if (sentence != null) {
                return sentence;
            }
        }
        return null;
    }

    private static String kind(Class<?> type) {
        if (type == Duration.class) {
            return "a time such as 30s, 5m or 1h";
        }
        if (type == Path.class) {
            return "a path, in characters that the locale of this machine has (with LC_ALL=C.UTF-8 all of them)";
        }
        if (type == LocalDate.class) {
            return "a date such as 2026-01-31";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return "of another form";
    }
}
