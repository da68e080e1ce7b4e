package org.pupilledger.reading;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what the text of a component of an input record is, so that the guard knows what may stand there. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Holds {
    public Text value();

    /** Kinds of text; what is not marked is a code. */
    enum Text {
        CODE,
        DATE,
        REFERENCE,
        /** Public reference of a source, an authority or a document. */
        SOURCE,
        NAME,
        /** Words of a published register. */
        WORDS
    }
}
