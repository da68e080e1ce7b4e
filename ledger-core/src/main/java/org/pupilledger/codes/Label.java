package org.pupilledger.codes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a {@link Code} is read by a person, where that is not its name in words. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Label {
    String value();

    /** Address of the law that it names, or of another public text that says what it is; empty for none. */
    String source() default "";
}
