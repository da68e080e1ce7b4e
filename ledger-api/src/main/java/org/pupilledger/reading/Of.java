package org.pupilledger.reading;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.pupilledger.codes.Code;

/** From which list of codes a text, or each of a list of texts, is; for the description of the interface. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Of {
    Class<? extends Code> value();
}
