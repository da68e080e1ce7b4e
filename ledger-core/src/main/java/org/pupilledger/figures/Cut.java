package org.pupilledger.figures;

import java.util.Locale;
import java.util.function.Function;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Purpose;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.values.Why;

/**
 * By what the row of a period and an organisation may be cut into rows that add up to it, since each request is in one of
 * them.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions that hold nothing
public enum Cut implements Code {
    PURPOSE(Why::purpose, Purpose.class),
    GATEWAY(Why::gateway, Gateway.class),
    LAWFUL_BASIS(Why::lawfulBasis, LawfulBasis.class);

    private final Function<Why, String> code;
    private final Function<String, String> labels;

    <E extends Enum<E> & Code> Cut(Function<Why, String> code, Class<E> list) {
        this.code = code;
        this.labels = text -> Code.parse(list, text).map(Code::label).orElseGet(() -> words(text));
    }

    /** The code of the row in which a request is counted. */
    String of(Why why) {
        return code.apply(why);
    }

    /** How a code of it is read. */
    public String label(String code) {
        return switch (code) {
            case Why.SEVERAL -> "several purposes";
            case Why.NOT_TOLD -> "recorded before it was counted";
            default -> labels.apply(code);
        };
    }

    /** The column of the codes. */
    Column column() {
        return new Column(
                words(name()).replace(' ', '_'),
                title(),
                Kind.CODE,
                "Code of the " + words(name()) + ": NOT_STATED where no source states it, "
                        + (this == PURPOSE ? "SEVERAL of requests with several, " : "")
                        + "NOT_TOLD of requests recorded before it was counted.");
    }

    /** The column of the same in words. */
    Column labels() {
        return new Column(column().name() + "_label", title() + " in words", Kind.TEXT, "The same, as it is read.");
    }

    private String title() {
        String words = words(name());
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String words(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
