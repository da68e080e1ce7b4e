package org.pupilledger.figures;

import java.util.List;
import java.util.Random;
import org.pupilledger.request.RequestEvent;

/** Random lives, for tests of other rooms. */
public final class Histories {
    private Histories() {}

    /** Some requests, each with its events in order. */
    public static List<List<RequestEvent>> random(Random random) {
        return Lives.random(random).stream().map(Histories::events).toList();
    }

    private static List<RequestEvent> events(Life life) {
        Casework casework = new Casework();
        life.recordIn(casework);
        return List.copyOf(casework.events());
    }
}
