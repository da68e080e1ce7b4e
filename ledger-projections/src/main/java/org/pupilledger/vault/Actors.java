package org.pupilledger.vault;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which random id stands for which officer or program in the events. Only here can the two be brought together. */
public final class Actors {
    private final JdbcTemplate jdbc;
    private final Supplier<UUID> newId;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    public Actors(JdbcTemplate jdbc, Supplier<UUID> newId) {
        this.jdbc = jdbc;
        this.newId = newId;
    }

    /** The id of the user of this name, given at first use. */
    public String idOf(String name) {
        String id = known.get(name);
        if (id == null) {
            List<String> stored = stored(name);
            if (stored.isEmpty()) {
                // two first uses at once agree on whichever is stored
                jdbc.update(
                        "insert into actor (name, id) values (?, ?) on conflict do nothing",
                        name,
                        newId.get().toString());
                stored = stored(name);
                NotStored.unless(1, stored.size(), "actor");
            }
            id = stored.getFirst();
            known.put(name, id);
        }
        return id;
    }

    private List<String> stored(String name) {
        return jdbc.query("select id from actor where name = ?", (row, number) -> row.getString(1), name);
    }
}
