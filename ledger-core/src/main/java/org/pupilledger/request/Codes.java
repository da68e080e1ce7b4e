package org.pupilledger.request;

import java.util.HashMap;
import java.util.Map;

/** Each list of codes by how they are written; made once for each list. */
final class Codes {
    private static final ClassValue<Map<String, Object>> LISTS = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> list) {
            Map<String, Object> codes = new HashMap<>();
            for (Object constant : list.getEnumConstants()) {
                codes.put(((Code) constant).code(), constant);
            }
            return codes;
        }
    };

    private Codes() {}

    static Map<String, Object> of(Class<?> list) {
        return LISTS.get(list);
    }
}
