package org.pupilledger.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tlog.Sql;

/**
 * Compares what a database does with the ledger's tables with what the migrations made: the resource {@value #MIGRATED}, which
 * a test writes from a database that was just migrated. A role of the program is known by what it may do, whatever it is called.
 */
public final class SchemaComparison {
    static final String MIGRATED = "migrated.txt";

    private static final String SEPARATOR = ": ";
    private static final Pattern PRIVILEGE = Pattern.compile("privilege (?!SELECT)(\\w+ on [\\w.]+) of (\\$\\{\\w+})");
    private static final String OWNER = "select pg_get_userbyid(relowner) from pg_class where oid = 'event'::regclass";
    private static final String GRANTED = """
            select g.rolname, a.privilege_type || ' on ' || a.name
            from (
                select c.relname as name, a.grantee, a.privilege_type, c.relowner, c.relnamespace
                from pg_class c, aclexplode(c.relacl) a
                union all
                select c.relname || '.' || t.attname, a.grantee, a.privilege_type, c.relowner, c.relnamespace
                from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a) a
            join pg_roles g on g.oid = a.grantee
            where a.relnamespace = (select relnamespace from pg_class where oid = 'event'::regclass)
                and a.grantee <> a.relowner and a.privilege_type <> 'SELECT'
            order by 1
            """;

    private final DataSource dataSource;
    private final @Nullable String owner;

    /** @param owner name of the role that owns the schema; null where that is not known, then it is whoever owns the events */
    public SchemaComparison(DataSource dataSource, @Nullable String owner) {
        this.dataSource = dataSource;
        this.owner = owner;
    }

    /** A sentence for each difference, the most telling first. */
    public List<String> differences() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.reading(connection, this::differences);
        }
    }

    /** Within the transaction under way. */
    List<String> differences(Connection connection) throws SQLException {
        Catalogue.lookIntoSchema(connection);
        SortedMap<String, String> made = migrated();
        Map<String, String> roles = roles(connection, made.keySet());
        List<String> found = new ArrayList<>();
        Set<String> absent = roles(made.keySet());
        absent.removeAll(roles.values());
        for (String role : absent) {
            found.add("schema differs: no role has the privileges of " + role.replaceAll("[${}]", "") + ".");
            made.keySet().removeIf(object -> object.endsWith(" of " + role));
        }
        SortedMap<String, String> there = Catalogue.read(connection, roles);
        Set<String> all = new TreeSet<>(SchemaComparison::inOrder);
        all.addAll(made.keySet());
        all.addAll(there.keySet());
        for (String object : all) {
            String was = made.get(object);
            String now = there.get(object);
            if (!Objects.equals(was, now)) {
                found.add("schema differs: " + named(object, roles)
                        + (now == null ? " is missing." : was == null ? " was added." : " was changed."));
            }
        }
        return found;
    }

    /** Privileges last: there may be many. */
    private static int inOrder(String one, String other) {
        boolean isPrivilege = one.startsWith("privilege ");
        return isPrivilege == other.startsWith("privilege ") ? one.compareTo(other) : isPrivilege ? 1 : -1;
    }

    private static String named(String object, Map<String, String> roles) {
        String named = object;
        for (Map.Entry<String, String> role : roles.entrySet()) {
            named = named.replace(role.getValue(), role.getKey());
        }
        return named;
    }

    /** Which role is which: of those with grants the one that has most of what the migrations granted. */
    private Map<String, String> roles(Connection connection, Set<String> made) throws SQLException {
        Map<String, Set<String>> granted = granted(connection);
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put(
                owner == null
                        ? Sql.list(connection, OWNER, row -> row.getString(1)).getFirst()
                        : owner,
                Catalogue.OWNER);
        for (String role : roles(made)) {
            Set<String> wanted = privileges(made, role);
            String best = null;
            int most = 0;
            for (Map.Entry<String, Set<String>> candidate : granted.entrySet()) {
                Set<String> common = new HashSet<>(candidate.getValue());
                common.retainAll(wanted);
                if (common.size() > most && !roles.containsKey(candidate.getKey())) {
                    best = candidate.getKey();
                    most = common.size();
                }
            }
            if (best != null) {
                roles.put(best, role);
            }
        }
        return roles;
    }

    private static Map<String, Set<String>> granted(Connection connection) throws SQLException {
        Map<String, Set<String>> granted = new LinkedHashMap<>();
        Sql.each(
                connection,
                GRANTED,
                row -> granted.computeIfAbsent(row.getString(1), name -> new HashSet<>())
                        .add(row.getString(2)));
        return granted;
    }

    /** The roles, other than the owner, that something was granted to. */
    private static Set<String> roles(Set<String> made) {
        Set<String> roles = new TreeSet<>();
        made.stream().map(PRIVILEGE::matcher).filter(Matcher::matches).forEach(found -> roles.add(found.group(2)));
        return roles;
    }

    private static Set<String> privileges(Set<String> made, String role) {
        Set<String> privileges = new HashSet<>();
        made.stream()
                .map(PRIVILEGE::matcher)
                .filter(Matcher::matches)
                .filter(found -> found.group(2).equals(role))
                .forEach(found -> privileges.add(found.group(1)));
        return privileges;
    }

    private static SortedMap<String, String> migrated() {
        try (InputStream in = SchemaComparison.class.getResourceAsStream(MIGRATED)) {
            SortedMap<String, String> made = new TreeMap<>();
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> {
                        int end = line.indexOf(SEPARATOR);
                        made.put(
                                end < 0 ? line : line.substring(0, end),
                                end < 0 ? "" : line.substring(end + SEPARATOR.length()));
                    });
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
