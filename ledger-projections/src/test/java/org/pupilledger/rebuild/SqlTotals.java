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

    private static final String PARTS = """
            with told as (
                select type, convert_from(payload, 'UTF8')::jsonb as p from event
                where aggregate_type = 'matching-request'
            ), standing as (
                select -1 as sign, p -> 'was' as f from told
                where type in ('matching-request.corrected', 'matching-request.annulled')
                union all
                select 1, p -> 'now' from told where type = 'matching-request.corrected'
            ), silent as (
                select 1 as sign, p ->> 'received' as received, p ->> 'organisation' as organisation, p -> 'why' as why,
                    greatest(jsonb_array_length(p -> 'references'), 1) as n, true as is_match, true as is_disclosure
                from told where type = 'matching-request.received' and p -> 'historic' <> 'null' and p -> 'why' <> 'null'
                    and p #>> '{historic,outcome}' is null
                union all
                select sign, p #>> '{header,received}', p #>> '{header,organisation}', p #> '{header,why}',
                    (p #>> '{header,requests}')::int, type <> 'matching-request.disclosed',
                    type <> 'matching-request.matched'
                from told, (values (-1), (1)) as signs (sign)
                where p #> '{header,historic}' = 'true' and case type
                    when 'matching-request.decided' then case sign when -1 then p ->> 'was'
                        else p #>> '{decision,outcome}' end in ('APPROVED', 'NOT_STATED')
                    when 'matching-request.withdrawn' then sign = -1 and p ->> 'was' in ('APPROVED', 'NOT_STATED')
                    when 'matching-request.matched' then sign = -1
                    when 'matching-request.disclosed' then sign = -1 else false end
                union all
                select sign, f #>> '{header,received}', f #>> '{header,organisation}', f #> '{header,why}',
                    (f #>> '{header,requests}')::int, f -> 'match' = 'null', f -> 'disclosure' = 'null'
                from standing
                where f #> '{header,historic}' = 'true' and f ->> 'outcome' in ('APPROVED', 'NOT_STATED')
            ), part as (
                select 1 as sign, p ->> 'received' as received, p ->> 'organisation' as organisation, p -> 'why' as why,
                    greatest(jsonb_array_length(p -> 'references'), 1) as n, true as is_new, null as was,
                    case when p -> 'historic' <> 'null' and p #>> '{historic,outcome}' is null then 'NOT_STATED'
                        else 'OPEN' end as now, (p #>> '{submitted,individuals}')::bigint as submitted,
                    null::jsonb as match, null::jsonb as disclosure
                from told where type = 'matching-request.received'
                union all
                select 1, p #>> '{header,received}', p #>> '{header,organisation}', p #> '{header,why}',
                    (p #>> '{header,requests}')::int, false, p ->> 'was',
                    case type when 'matching-request.decided' then p #>> '{decision,outcome}'
                        when 'matching-request.withdrawn' then 'WITHDRAWN'
                        when 'matching-request.matched' then 'APPROVED' end,
                    (p ->> 'submitted')::bigint, p -> 'match', p -> 'disclosure'
                from told where type in ('matching-request.decided', 'matching-request.withdrawn',
                    'matching-request.matched', 'matching-request.disclosed')
                union all
                select sign, f #>> '{header,received}', f #>> '{header,organisation}', f #> '{header,why}',
                    (f #>> '{header,requests}')::int, true, null, f ->> 'outcome', (f ->> 'submitted')::bigint,
                    nullif(f -> 'match', 'null'), nullif(f -> 'disclosure', 'null')
                from standing
                union all
                select sign, f #>> '{header,received}', f #>> '{header,organisation}', f #> '{header,why}',
                    (f ->> 'refused')::int, true, null, 'REFUSED', 0, null, null
                from standing where (f ->> 'refused')::int > 0
                union all
                select 1, p #>> '{header,received}', p #>> '{header,organisation}', p #> '{header,why}', 1, true, null,
                    'OPEN', 0, null, null
                from told where type = 'matching-request.reference-added'
                union all
                select 1, p #>> '{header,received}', p #>> '{header,organisation}', p #> '{header,why}', 1, false,
                    p ->> 'was', 'REFUSED', null, null, null
                from told where type = 'matching-request.reference-refused'
                union all
                select sign, p #>> '{header,received}', p #>> '{header,organisation}', p #> '{header,why}',
                    (p #>> '{header,requests}')::int, false, null, null, null, null, p -> side
                from told, (values (-1, 'was'), (1, 'now')) as sides (sign, side)
                where type = 'matching-request.disclosed-further'
                union all
                select sign, received, organisation, why, n, false, null, null, null,
                    case when is_match then '{}'::jsonb end, case when is_disclosure then '{}'::jsonb end
                from silent
            ), row_of as (
                select *, left(received, 7) as month, coalesce(why ->> 'purpose', 'NOT_TOLD') as purpose,
                    coalesce(why ->> 'gateway', 'NOT_TOLD') as gateway,
                    coalesce(why ->> 'lawfulBasis', 'NOT_TOLD') as lawful_basis, sign * n as requests
                from part
            )
            """;

    private static final String FOLD = PARTS + """
            , said as (
                select *, match is not null as is_matched, (match ->> 'matched')::bigint as m,
                    (match ->> 'ambiguous')::bigint as a, (match ->> 'unmatched')::bigint as u,
                    disclosure is not null as is_disclosed, (disclosure ->> 'answered')::bigint as answered,
                    (disclosure ->> 'returned')::bigint as returned
                from row_of
            ), count as (
                select *, coalesce(submitted, m + a + u) as all_of_them, coalesce(m, submitted - a - u) as matched,
                    coalesce(a, submitted - m - u) as ambiguous, coalesce(u, submitted - m - a) as unmatched
                from said
            )
            select month, organisation, purpose, gateway, lawful_basis,
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
                sum(sign * submitted) filter (where is_new) as individuals_submitted,
                sum(sign * all_of_them) filter (where is_matched and submitted is null) as individuals_submitted_less,
                sum(sign * matched) filter (where is_matched) as individuals_matched,
                sum(sign * ambiguous) filter (where is_matched) as individuals_ambiguous,
                sum(sign * unmatched) filter (where is_matched) as individuals_unmatched,
                sum(sign * answered) as individuals_answered,
                sum(sign * returned) as individuals_returned,
                sum(requests) filter (where is_new and submitted is null) as not_stated_submitted,
                -sum(requests) filter (where is_matched and submitted is null and all_of_them is not null)
                    as not_stated_submitted_less,
                sum(requests) filter (where is_matched and matched is null) as not_stated_matched,
                sum(requests) filter (where is_matched and ambiguous is null) as not_stated_ambiguous,
                sum(requests) filter (where is_matched and unmatched is null) as not_stated_unmatched,
                sum(requests) filter (where is_disclosed and answered is null) as not_stated_answered,
                sum(requests) filter (where is_disclosed and returned is null) as not_stated_returned
            from count group by month, organisation, purpose, gateway, lawful_basis
            """;

    /** By request as a whole, or by each of its references where they are told apart; levels as numbers in their order. */
    private static final String ANSWERS = PARTS + """
            , answer as (
                select month, organisation, purpose, gateway, lawful_basis, requests, n = 1 as is_one, disclosure as d
                from row_of where disclosure is not null and coalesce(disclosure -> 'references', 'null') = 'null'
                union all
                select month, organisation, purpose, gateway, lawful_basis, sign, true, reference
                from row_of, jsonb_array_elements(nullif(disclosure -> 'references', 'null')) reference
            ), items as (
                select *, case when jsonb_array_length(nullif(d -> 'returns', 'null')) > 0
                    then (select jsonb_agg(r -> 'items') from jsonb_array_elements(d -> 'returns') r)
                    else jsonb_build_array(d -> 'items') end as sets
                from answer
            ), levelled as (
                select *, (d ->> 'answered')::bigint as answered, (d ->> 'returned')::bigint as returned,
                    (select max(case
                        when one = 'null' then case when d ->> 'returned' = '0' then 0 end
                        when jsonb_array_length(one) = 0 then 0
                        when jsonb_exists_any(one, array['ADDRESS', 'ADDRESS_HISTORY'])
                            then case when jsonb_exists_any(one, array['SCHOOL', 'SCHOOL_HISTORY']) then 5 else 4 end
                        when jsonb_exists_any(one, array['SCHOOL', 'SCHOOL_HISTORY']) then 3
                        when one <@ '["MATCH_INDICATOR"]' then 1
                        else 2 end) from jsonb_array_elements(sets) one) as level
                from items
            ), judged as (
                select *, coalesce(returned, 0) > 0 or coalesce(level, 0) > 1 as is_data,
                    coalesce(answered, 0) > 0 or coalesce(returned, 0) > 0 or coalesce(level, 0) > 0 as is_answered,
                    case when is_one or level = 0 then level end as told
                from levelled
            )
            select month, organisation, purpose, gateway, lawful_basis,
                sum(requests) filter (where is_one and is_answered) as requests_answered,
                sum(requests) filter (where is_one and is_data) as requests_led_to_data,
                sum(requests) filter (where answered is distinct from 0 and not (is_one and is_answered)
                    or is_answered and not is_one) as not_stated_requests_answered,
                sum(requests) filter (where is_data and not is_one
                    or level is null and returned is distinct from 0 and not is_data) as not_stated_led_to_data,
                sum(requests) filter (where told = 0) as level_nothing,
                sum(requests) filter (where told = 1) as level_match_indicator,
                sum(requests) filter (where told = 2) as level_record_held,
                sum(requests) filter (where told = 3) as level_school,
                sum(requests) filter (where told = 4) as level_address,
                sum(requests) filter (where told = 5) as level_address_and_school,
                sum(requests) filter (where told is null) as level_not_stated
            from judged group by month, organisation, purpose, gateway, lawful_basis
            """;

    private static final String LESS = "_less";
    private static final String KEPT = """
            select t.*, t.period as month from monthly_total t join projection p on p.name = 'totals' and p.copy = t.copy
            """;

    private SqlTotals() {}

    /** Measures by month, organisation and why; those that are zero are left out. */
    static Map<String, Long> folded(JdbcTemplate jdbc) {
        return measures(jdbc, FOLD, ANSWERS);
    }

    /** What the copy that serves says, in the same form. */
    static Map<String, Long> kept(JdbcTemplate jdbc) {
        return measures(jdbc, KEPT);
    }

    private static Map<String, Long> measures(JdbcTemplate jdbc, String... queries) {
        Map<String, Long> measures = new TreeMap<>();
        List<String> keys = List.of("month", "period", "organisation", "copy", "purpose", "gateway", "lawful_basis");
        for (String sql : queries) {
            jdbc.query(sql, (RowCallbackHandler) row -> {
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    String name = row.getMetaData().getColumnName(column);
                    if (!keys.contains(name) && !name.startsWith(WORDS)) {
                        measures.merge(
                                row.getString("month") + " " + row.getString("organisation") + " "
                                        + row.getString("purpose") + " " + row.getString("gateway") + " "
                                        + row.getString("lawful_basis") + " " + name.replace(LESS, ""),
                                row.getLong(column),
                                Long::sum);
                    }
                }
            });
        }
        measures.values().removeIf(value -> value == 0);
        return measures;
    }
}
