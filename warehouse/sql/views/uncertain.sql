-- What is not certain, and why: to be read before relying on a row.
create view uncertain as
select
    'not understood' as reason, 'warnings' as table_name, w.warning_id as row_id,
    w.kind as field, w.message as explanation, w.text as words,
    w.document_id, w.char_start, w.char_end
from warnings as w
union all
select
    'total not met', 'reconciliations', r.document_id || ' ' || r.measure, r.measure,
    'stated ' || coalesce(r.stated::varchar, 'otherwise') || ', found '
        || coalesce(r.extracted::varchar, 'nothing') || coalesce(': ' || r.note, ''),
    NULL, r.document_id, NULL, NULL
from reconciliations as r
where r.status in ('partial', 'mismatch')
union all
select
    'low agreement', e.table_name, NULL, e.measure,
    'F1 ' || round(e.f1, 3) || ' against labels made by hand: ' || e.false_positives
        || ' too many, ' || e.false_negatives || ' missed',
    NULL, e.document_id, NULL, NULL
from evaluations as e
where e.f1 < 0.9
union all
select
    'suggested', 'recommendation_codes', c.recommendation_id, c.scheme || ' ' || c.code,
    'no number or name in the text says so: the words suggest it', c.evidence,
    c.document_id, c.char_start, c.char_end
from recommendation_codes as c
where c.scheme in ('gcm', 'sdg') and c.method = 'lexical'
union all
select
    'not stated', 'recommendations', r.recommendation_id, 'participants',
    'it is said by a ' || r.attribution || ' who is not among the participants', r.attributed_to,
    r.document_id, r.char_start, r.char_end
from recommendations as r
where r.attribution in ('person', 'organisation', 'delegations')
    and not exists (from attributions as a where a.sentence_id = r.sentence_id)
union all
select
    'not stated', 'participants', p.participant_id, f.field, 'the document does not say it', p.name,
    p.document_id, p.char_start, p.char_end
from participants as p
cross join (select unnest(['position', 'organisation', 'country_code', 'sector']) as field) as f
where p.kind = 'person'
    and case f.field
        when 'position' then p.position is null
        when 'organisation' then p.organisation is null and p.country_code is null
        when 'country_code' then p.country_code is null and p.organisation is null
        else p.sector is null
    end
union all
select
    'not stated', 'sessions', s.session_id, f.field, 'the document does not say it', s.title,
    s.document_id, s.char_start, s.char_end
from sessions as s
cross join (
    select unnest(
        ['modality', 'venue', 'city', 'stated_participants', 'stated_panels', 'stated_speakers']
    ) as field
) as f
where case f.field
        when 'modality' then s.modality is null
        when 'venue' then s.venue is null
        when 'city' then s.city is null
        when 'stated_participants' then s.stated_participants is null
        when 'stated_panels' then s.stated_panels is null
        else s.stated_speakers is null
    end;
comment on view uncertain is
    'One row per reason to doubt or to miss something: what was not understood, totals not met, low scores, objectives that are only suggested, and fields that the document does not state.';
comment on column uncertain.reason is 'not understood, total not met, low agreement, suggested or not stated.';
comment on column uncertain.table_name is 'The table that it is about.';
comment on column uncertain.row_id is 'Key of the row, where it is about one.';
comment on column uncertain.field is 'The column, measure, code or kind.';
comment on column uncertain.explanation is 'What is uncertain, and why.';
comment on column uncertain.words is 'The words in question.';
comment on column uncertain.document_id is 'The document.';
comment on column uncertain.char_start is 'Where they stand in documents.text.';
comment on column uncertain.char_end is 'Where they end.';
