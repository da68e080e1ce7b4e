package org.pupilledger.register;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Organisation;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.schema.EventTypes;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The organisations that exist, for rules. It reads their committed events and not the register, so that an
 * organisation can be named as soon as adding it was answered.
 */
public final class OrganisationDirectory implements Organisations {
    /** Other programs change organisations too; the few rules that look at more than existence can wait this long. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final int MAX_KNOWN = 10_000;

    private static final String NEWEST = """
            select type, revision, payload from event
            where aggregate_id = ? and aggregate_type = ?
            order by sequence desc limit 1
            """;

    private final JdbcTemplate jdbc;
    private final EventTypes types = EventTypes.current();
    private final Cache<OrganisationCode, Known> known = Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN)
            .expireAfterWrite(FRESH)
            .executor(Runnable::run)
            .build();

    public OrganisationDirectory(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param proposed another category or parent that is before a second person, if any */
    private record Known(
            OrganisationProfile profile, @Nullable OrganisationProfile proposed) {}

    @Override
    public Optional<OrganisationProfile> find(OrganisationCode code) {
        return known(code).map(Known::profile);
    }

    /** What takes effect when a second person says the same. */
    public Optional<OrganisationProfile> proposed(OrganisationCode code) {
        return known(code).map(Known::proposed);
    }

    private Optional<Known> known(OrganisationCode code) {
        Known cached = known.getIfPresent(code);
        if (cached == null) {
            cached = read(code);
            if (cached != null) {
                known.put(code, cached);
            }
        }
        return Optional.ofNullable(cached);
    }

    /** Says that an organisation was changed here. */
    public void forget(OrganisationCode code) {
        known.invalidate(code);
    }

    private @Nullable Known read(OrganisationCode code) {
        List<Object> newest = jdbc.query(
                NEWEST,
                (row, number) -> types.decode(row.getString(1), Integer.parseInt(row.getString(2)), row.getBytes(3)),
                code.value(),
                Organisation.TYPE);
        return newest.isEmpty()
                ? null
                : switch ((OrganisationEvent) newest.getFirst()) {
                    case OrganisationEvent.Registered registered -> new Known(registered.profile(), null);
                    case OrganisationEvent.Changed changed -> new Known(changed.now(), null);
                    case OrganisationEvent.ChangeProposed(var same, var was, var now) ->
                        new Known(was, now.equals(was) ? null : now);
                };
    }
}
