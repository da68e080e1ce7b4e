package org.pupilledger.catalogue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pupilledger.tlog.Sql;

/**
 * All that a database does with the ledger's tables besides keeping rows, as its catalogue says: tables, columns, constraints,
 * indexes, triggers, rules, policies and functions, whose they are, who may do what with them, and which of the program's roles
 * has powers that it does not need. Read by whoever may connect; the same for the same migrations whatever schema and roles are
 * called, from PostgreSQL 16 on.
 */
final class Catalogue {
    /** Stands for the role that owns the schema. The others are named alike. */
    static final String OWNER = "${owner}";

    /** Names are looked up in the schema of the ledger alone, so that none is written with it. */
    private static final String LOOK_INTO_SCHEMA = """
            select set_config('search_path', quote_ident(n.nspname) || ', pg_catalog, pg_temp', true),
                set_config('jit', 'off', true)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = 'event'::regclass
            """;

    private static final String NAMES = """
            with place as (
                select n.oid, n.nspname as name, n.nspacl, n.nspowner
                from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = 'event'::regclass),
            known as (
                select r.oid, r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolreplication, k.stands_for
                from unnest(?::text[], ?::text[]) k (name, stands_for) join pg_roles r on r.rolname = k.name),
            program as (select * from known where stands_for <> '${owner}'),
            who as (
                select r.oid, coalesce(k.stands_for, quote_ident(r.rolname)) as name
                from pg_roles r left join known k on k.oid = r.oid
                union all select 0, 'everybody'),
            extended as (select classid, objid from pg_depend where deptype = 'e'),
            relation as (
                select c.*, quote_ident(c.relname) as name,
                    case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
                        when 'm' then 'materialized view' when 'f' then 'foreign table' when 'S' then 'sequence'
                        else 'type' end as word
                from pg_class c join place on place.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
                    and (c.tableoid, c.oid) not in (select classid, objid from extended)),
            function as (
                select p.*, quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
                from pg_proc p join place on place.oid = p.pronamespace
                where (p.tableoid, p.oid) not in (select classid, objid from extended)),
            """;

    private static final String OBJECTS = """
            object (name, definition) as (
                select word || ' ' || r.name, 'of ' || w.name
                    || case r.relpersistence when 'p' then '' when 'u' then ', unlogged' else ', temporary' end
                    || case when r.relrowsecurity then ', row-level security' else '' end
                    || case when r.relforcerowsecurity then ', forced' else '' end
                    || coalesce((select ', ' || format_type(s.seqtypid, null) || ' from ' || s.seqstart || ' by '
                            || s.seqincrement || ' in ' || s.seqmin || ' to ' || s.seqmax || ', cache ' || s.seqcache
                            || case when s.seqcycle then ', cycle' else '' end
                        from pg_sequence s where s.seqrelid = r.oid), '')
                from relation r join who w on w.oid = r.relowner
                union all
                select 'column ' || r.name || '.' || quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
                    || case when a.attnotnull then ' not null' else '' end
                    || case a.attidentity when 'a' then ' always identity' when 'd' then ' identity' else '' end
                    || case a.attgenerated when '' then '' else ' generated' end
                    || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid, true), '')
                from relation r join pg_attribute a on a.attrelid = r.oid
                left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where r.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
                union all
                -- catalogued from 18 on; columns say it anyhow
                select 'constraint ' || quote_ident(k.conname) || ' on ' || r.name, pg_get_constraintdef(k.oid, true)
                from relation r join pg_constraint k on k.conrelid = r.oid where k.contype <> 'n'
                union all
                select 'index ' || quote_ident(x.relname) || ' on ' || r.name, pg_get_indexdef(i.indexrelid, 0, true)
                    || case when i.indisvalid and i.indisready and i.indislive then '' else ', not valid' end
                    || case when i.indimmediate then '' else ', deferred' end
                from relation r join pg_index i on i.indrelid = r.oid join pg_class x on x.oid = i.indexrelid
                union all
                select 'trigger ' || quote_ident(t.tgname) || ' on ' || r.name, pg_get_triggerdef(t.oid, true)
                    || case t.tgenabled when 'O' then '' when 'D' then ', disabled' when 'A' then ', always'
                        else ', on replicas' end
                from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
                union all
                select distinct 'check of references on ' || r.name, 'disabled'
                from relation r join pg_trigger t on t.tgrelid = r.oid where t.tgisinternal and t.tgenabled <> 'O'
                union all
                select 'rule ' || quote_ident(u.rulename) || ' on ' || r.name, pg_get_ruledef(u.oid, true)
                from relation r join pg_rewrite u on u.ev_class = r.oid
                where u.rulename <> '_RETURN'
                union all
                select 'policy ' || quote_ident(p.polname) || ' on ' || r.name, p.polcmd::text
                from relation r join pg_policy p on p.polrelid = r.oid
                union all
                select 'inheritance of ' || i.inhrelid::regclass || ' from ' || i.inhparent::regclass, ''
                from pg_inherits i where i.inhparent in (select oid from relation where relkind <> 'S')
                    or i.inhrelid in (select oid from relation where relkind <> 'S')
                union all
                select 'function ' || f.name, 'of ' || w.name || ', ' || f.prokind::text || ', ' || l.lanname || ', returns '
                    || pg_get_function_result(f.oid) || ', ' || f.provolatile::text
                    || case when f.prosecdef then ', security definer' else '' end
                    || coalesce(', set ' || array_to_string(f.proconfig, ', '), '')
                    || ', ' || replace(replace(f.prosrc, chr(92), chr(92) || chr(92)), chr(10), chr(92) || 'n')
                from function f join pg_language l on l.oid = f.prolang join who w on w.oid = f.proowner
                union all
                select 'function pg_catalog.' || quote_ident(p.proname), 'of the system it is not'
                from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace and p.oid >= 16384
                    and (p.tableoid, p.oid) not in (select classid, objid from extended)
                union all
                select 'type ' || quote_ident(t.typname), t.typtype::text
                from pg_type t join place on place.oid = t.typnamespace
                where t.typtype <> 'c' and t.typcategory <> 'A'
                    and (t.tableoid, t.oid) not in (select classid, objid from extended)
                union all
                select 'operator ' || o.oprname || ' of ' || format_type(o.oprleft, null) || ' and '
                    || format_type(o.oprright, null), ''
                from pg_operator o join place on place.oid = o.oprnamespace
                where (o.tableoid, o.oid) not in (select classid, objid from extended)
                union all
                select 'cast of ' || format_type(c.castsource, null) || ' to ' || format_type(c.casttarget, null), ''
                from pg_cast c where c.oid >= 16384 and (c.tableoid, c.oid) not in (select classid, objid from extended)
                union all
                select 'event trigger ' || quote_ident(evtname), evtenabled::text from pg_event_trigger e
                where (e.tableoid, e.oid) not in (select classid, objid from extended)
                union all
                select 'subscription ' || quote_ident(subname), '' from pg_subscription
                where subdbid = (select oid from pg_database where datname = current_database())
                union all
                -- looked up before the ledger's own where a role has its name
                select 'table ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'beside the schema of the ledger'
                from pg_class c join pg_namespace n on n.oid = c.relnamespace join known k on k.rolname = n.nspname
                where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.oid not in (select oid from place)
            """;

    private static final String POWERS = """
                union all
                select 'privilege ' || p || ' on ' || r.name || ' of ' || o.stands_for, ''
                from program o, relation r,
                    unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES', 'DELETE', 'TRUNCATE', 'TRIGGER']) p
                where r.relkind in ('r', 'p', 'v', 'm', 'f') and has_table_privilege(o.oid, r.oid, p)
                union all
                select 'privilege ' || p || ' on ' || r.name || '.' || quote_ident(a.attname) || ' of ' || o.stands_for, ''
                from program o, relation r, unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) p, pg_attribute a
                where r.relkind in ('r', 'p', 'v', 'm', 'f') and not has_table_privilege(o.oid, r.oid, p)
                    and has_any_column_privilege(o.oid, r.oid, p) and a.attrelid = r.oid and a.attnum > 0
                    and not a.attisdropped and has_column_privilege(o.oid, r.oid, a.attnum, p)
                union all
                select 'privilege ' || p || ' on ' || r.name || ' of ' || o.stands_for, ''
                from program o, relation r, unnest(array['USAGE', 'UPDATE']) p
                where r.relkind = 'S' and has_sequence_privilege(o.oid, r.oid, p)
                union all
                select 'privilege ' || p || ' on the schema of ' || o.stands_for, ''
                from program o, place, unnest(array['USAGE', 'CREATE']) p where has_schema_privilege(o.oid, place.oid, p)
                union all
                select 'privilege CREATE on the database of ' || stands_for, ''
                from program where has_database_privilege(oid, current_database(), 'CREATE')
                union all
                -- of others; who only reads changes nothing
                select 'privilege ' || g.privilege_type || ' on ' || g.name || ' of ' || w.name, ''
                from (
                    select r.name, a.* from relation r, aclexplode(r.relacl) a where a.grantee <> r.relowner
                    union all
                    select r.name || '.' || quote_ident(c.attname), a.*
                    from relation r join pg_attribute c on c.attrelid = r.oid, aclexplode(c.attacl) a
                    where a.grantee <> r.relowner
                    union all
                    select 'the schema', a.* from place, aclexplode(place.nspacl) a where a.grantee <> place.nspowner
                ) g left join who w on w.oid = g.grantee
                where (g.grantee = 0 or g.privilege_type <> 'SELECT') and g.privilege_type <> 'USAGE'
                    and (g.grantee not in (select oid from known) or g.privilege_type = 'MAINTAIN')
                union all
                select 'right to hand on ' || a.privilege_type || ' on ' || r.name || ' of ' || w.name, ''
                from relation r, aclexplode(r.relacl) a join who w on w.oid = a.grantee
                where a.grantee <> r.relowner and a.is_grantable
                union all
                select 'power ' || v.power || ' of ' || o.stands_for, ''
                from program o, lateral (values ('superuser', rolsuper), ('bypassrls', rolbypassrls),
                    ('createrole', rolcreaterole), ('replication', rolreplication)) v (power, has)
                where v.has
                union all
                select 'membership of ' || o.stands_for || ' in ' || w.name, ''
                from program o join pg_roles m on m.oid <> o.oid join who w on w.oid = m.oid
                where not o.rolsuper and pg_has_role(o.oid, m.oid, 'MEMBER')
                    and (m.rolsuper or m.oid in (select oid from known) or m.rolname in ('pg_write_all_data', 'pg_maintain',
                        'pg_write_server_files', 'pg_execute_server_program', 'pg_create_subscription'))
                union all
                select 'setting ' || v.name || ' of ' || coalesce(k.stands_for, 'everybody'), v.value
                from pg_db_role_setting s
                join unnest(s.setconfig) c (entry) on true
                join lateral (select split_part(c.entry, '=', 1), substr(c.entry, strpos(c.entry, '=') + 1)) v (name, value)
                    on true
                join place on true
                left join known k on k.oid = s.setrole
                where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
                    and (s.setrole = 0 or k.oid is not null)
                    and (v.name in ('session_replication_role', 'session_preload_libraries', 'local_preload_libraries', 'role')
                        or v.name in ('synchronous_commit', 'transform_null_equals') and v.value in ('off', 'on') and v.value
                            = case v.name when 'synchronous_commit' then 'off' else 'on' end
                        or v.name = 'search_path' and regexp_replace(v.value, '^"\\$user", *', '') !~ ('^("'
                            || regexp_replace(place.name, '(\\W)', '\\\\\\1', 'g') || '"|' || regexp_replace(place.name, '(\\W)',
                            '\\\\\\1', 'g') || ') *(,|$)'))
            )
            select name, string_agg(definition, '; ' order by definition collate "C") from object group by name
            """;

    private Catalogue() {}

    /**
     * Reads it, in a transaction that looks names up differently from now on.
     *
     * @param roles what the name of each role of the program stands for, and the owner's for {@link #OWNER}
     * @return definitions by object; most objects that need none have an empty one
     */
    static SortedMap<String, String> read(Connection connection, Map<String, String> roles) throws SQLException {
        lookIntoSchema(connection);
        String[] names = roles.keySet().toArray(new String[0]);
        String[] meanings = roles.values().toArray(new String[0]);
        SortedMap<String, String> objects = new TreeMap<>();
        Sql.each(
                connection,
                NAMES + OBJECTS + POWERS,
                row -> objects.put(printable(row.getString(1)), row.getString(2)),
                connection.createArrayOf("text", names),
                connection.createArrayOf("text", meanings));
        return objects;
    }

    static void lookIntoSchema(Connection connection) throws SQLException {
        Sql.each(connection, LOOK_INTO_SCHEMA, row -> {});
    }

    /** Whoever may make objects may give them any name. */
    private static String printable(String name) {
        return name.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
