package org.pupilledger.rebuild;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The monthly totals once more, from the payloads of events and in SQL alone, by nobody who has read the Java. */
final class SqlTotals {
    /** Measures that are not derived here: what people were told in words. */
    private static final String WORDS = "told_";

    private static final String FOLD = """
            with told as (
                select type, convert_from(payload, 'UTF8')::jsonb as p from event
                where aggregate_type = 'matching-request'
            ), standing as (
                select -1 as sign, p -> 'was' as f from told
                where type in ('matching-request.corrected', 'matching-request.annulled')
                union all
                select 1, p -> 'now' from told where type = 'matching-request.corrected'
            ), part as (
                select 1 as sign, p ->> 'received' as received, p ->> 'organisation' as organisation,
                    greatest(jsonb_array_length(p -> 'references'), 1) as n, true as is_new,
                    null as was,
                    case when p -> 'historic' <> 'null' and p #>> '{historic,outcome}' is null then 'NOT_STATED'
                        else 'OPEN' end as now, (p #>> '{submitted,individuals}')::bigint as submitted,
                    null::jsonb as match, null::jsonb as disclosure
                from told where type = 'matching-request.received'
                union all
                select 1, p #>> '{header,received}', p #>> '{header,organisation}', (p #>> '{header,requests}')::int, false,
                    p ->> 'was',
                    case type when 'matching-request.decided' then p #>> '{decision,outcome}'
                        when 'matching-request.withdrawn' then 'WITHDRAWN'
                        when 'matching-request.matched' then 'APPROVED' end,
                    (p ->> 'submitted')::bigint, p -> 'match', p -> 'disclosure'
                from told where type in ('matching-request.decided', 'matching-request.withdrawn',
                    'matching-request.matched', 'matching-request.disclosed')
                union all
                select sign, f #>> '{header,received}', f #>> '{header,organisation}', (f #>> '{header,requests}')::int, true,
                    null, f ->> 'outcome', (f ->> 'submitted')::bigint,
                    nullif(f -> 'match', 'null'), nullif(f -> 'disclosure', 'null')
                from standing
            ), count as (
                select left(received, 7) as month, organisation, sign, sign * n as requests, is_new, was, now, submitted,
                    match is not null as is_matched, (match ->> 'matched')::bigint as matched,
                    (match ->> 'ambiguous')::bigint as ambiguous,
                    disclosure is not null as is_disclosed, (disclosure ->> 'answered')::bigint as answered,
                    (disclosure ->> 'returned')::bigint as returned,
                    case
                        when disclosure is null then null
                        when disclosure ->> 'items' is null
                            then case when disclosure ->> 'returned' = '0' then 'nothing' else 'not_stated' end
                        when jsonb_array_length(disclosure -> 'items') = 0 then 'nothing'
                        else coalesce(nullif(concat_ws('_and_',
                                case when jsonb_exists_any(disclosure -> 'items', array['ADDRESS', 'ADDRESS_HISTORY'])
                                    then 'address' end,
                                case when jsonb_exists_any(disclosure -> 'items', array['SCHOOL', 'SCHOOL_HISTORY'])
                                    then 'school' end), ''),
                            case when disclosure -> 'items' <@ '["MATCH_INDICATOR"]' then 'match_indicator'
                                else 'record_held' end)
                    end as level
                from part
            ), judged as (
                select *, is_disclosed and abs(requests) = 1 as is_told,
                    is_disclosed and (coalesce(returned, 0) > 0
                        or level in ('record_held', 'school', 'address', 'address_and_school')) as is_data,
                    is_disclosed and (coalesce(answered, 0) > 0 or coalesce(returned, 0) > 0
                        or level not in ('nothing', 'not_stated')) as is_answered,
                    case when abs(requests) = 1 or level = 'nothing' then level
                        when level is not null then 'not_stated' end as told_level
                from count
            )
            select month, organisation,
                sum(requests) filter (where is_new) as requests_received,
                sum(requests) filter (where now = 'APPROVED') as requests_approved,
                -sum(requests) filter (where was = 'APPROVED') as requests_approved_less,
                sum(requests) filter (where now = 'REFUSED') as requests_refused,
                -sum(requests) filter (where was = 'REFUSED') as requests_refused_less,
                sum(requests) filter (where now = 'WITHDRAWN') as requests_withdrawn,
                -sum(requests) filter (where was = 'WITHDRAWN') as requests_withdrawn_less,
                sum(requests) filter (where now = 'OPEN') as requests_open,
                -sum(requests) filter (where was = 'OPEN') as requests_open_less,
                sum(requests) filter (where now = 'NOT_STATED') as not_stated_open,
                -sum(requests) filter (where was = 'NOT_STATED') as not_stated_open_less,
                sum(requests) filter (where now = 'NOT_STATED') as not_stated_approved,
                -sum(requests) filter (where was = 'NOT_STATED') as not_stated_approved_less,
                sum(requests) filter (where now = 'NOT_STATED') as not_stated_refused,
                -sum(requests) filter (where was = 'NOT_STATED') as not_stated_refused_less,
                sum(requests) filter (where now = 'NOT_STATED') as not_stated_withdrawn,
                -sum(requests) filter (where was = 'NOT_STATED') as not_stated_withdrawn_less,
                sum(requests) filter (where is_matched) as requests_matched,
                sum(requests) filter (where is_disclosed) as requests_disclosed,
                sum(requests) filter (where is_told and is_answered) as requests_answered,
                sum(requests) filter (where is_told and is_data) as requests_led_to_data,
                sum(requests) filter (where is_disclosed and answered is distinct from 0
                    and not (is_told and is_answered)) as not_stated_requests_answered,
                sum(requests) filter (where not is_told and is_data
                    or is_disclosed and not is_data and level = 'not_stated') as not_stated_led_to_data,
                sum(sign * submitted) filter (where is_new) as individuals_submitted,
                sum(sign * matched) as individuals_matched,
                sum(sign * ambiguous) as individuals_ambiguous,
                sum(sign * (submitted - matched - ambiguous)) as individuals_unmatched,
                sum(sign * answered) as individuals_answered,
                sum(sign * returned) as individuals_returned,
                sum(requests) filter (where is_new and submitted is null) as not_stated_submitted,
                sum(requests) filter (where is_matched and matched is null) as not_stated_matched,
                sum(requests) filter (where is_matched and ambiguous is null) as not_stated_ambiguous,
                sum(requests) filter (where is_matched and submitted - matched - ambiguous is null) as not_stated_unmatched,
                sum(requests) filter (where is_disclosed and answered is null) as not_stated_answered,
                sum(requests) filter (where is_disclosed and returned is null) as not_stated_returned,
                sum(requests) filter (where told_level = 'nothing') as level_nothing,
                sum(requests) filter (where told_level = 'match_indicator') as level_match_indicator,
                sum(requests) filter (where told_level = 'record_held') as level_record_held,
                sum(requests) filter (where told_level = 'school') as level_school,
                sum(requests) filter (where told_level = 'address') as level_address,
                sum(requests) filter (where told_level = 'address_and_school') as level_address_and_school,
                sum(requests) filter (where told_level = 'not_stated') as level_not_stated
            from judged group by month, organisation
            """;

    private static final String LESS = "_less";
    private static final String KEPT = """
            select t.*, t.period as month from monthly_total t join projection p on p.name = 'totals' and p.copy = t.copy
            """;

    private SqlTotals() {}

    /** Measures by month and organisation; those that are zero are left out. */
    static Map<String, Long> folded(JdbcTemplate jdbc) {
        return measures(jdbc, FOLD);
    }

    /** What the copy that serves says, in the same form. */
    static Map<String, Long> kept(JdbcTemplate jdbc) {
        return measures(jdbc, KEPT);
    }

    private static Map<String, Long> measures(JdbcTemplate jdbc, String sql) {
        Map<String, Long> measures = new TreeMap<>();
        List<String> keys = List.of("month", "period", "organisation", "copy");
        jdbc.query(sql, (RowCallbackHandler) row -> {
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                String name = row.getMetaData().getColumnName(column);
                if (!keys.contains(name) && !name.startsWith(WORDS)) {
                    measures.merge(
                            row.getString("month") + " " + row.getString("organisation") + " " + name.replace(LESS, ""),
                            row.getLong(column),
                            Long::sum);
                }
            }
        });
        measures.values().removeIf(value -> value == 0);
        return measures;
    }
}
