-- Recommendations with all that one wants to read beside them.
create view recommendation_details as
with codes as (
    select
        recommendation_id,
        list(try_cast(code as integer) order by position) filter (scheme = 'gcm') as gcm_objectives,
        list(try_cast(code as integer) order by position) filter (scheme = 'sdg') as sdgs,
        list(code order by position) filter (scheme = 'group') as groups
    from recommendation_codes
    group by recommendation_id
),
said_by as (
    select a.sentence_id, list(p.name order by p.participant_id) as participants
    from attributions as a
    join participants as p using (participant_id)
    group by a.sentence_id
)
select
    r.recommendation_id,
    r.session_id,
    s.title as session_title,
    s.start_date,
    sections.day,
    sections.kind as section_kind,
    sections.heading,
    r.position,
    r.text,
    r.force,
    r.cue,
    r.attribution,
    r.attributed_to,
    coalesce(said_by.participants, []) as participants,
    r.addressee,
    coalesce(codes.gcm_objectives, []) as gcm_objectives,
    coalesce(codes.sdgs, []) as sdgs,
    coalesce(codes.groups, []) as groups,
    r.document_id,
    r.char_start,
    r.char_end,
    source_passage(r.document_id, r.char_start, r.char_end) as source_text
from recommendations as r
join sessions as s using (session_id)
join sections using (section_id)
left join codes using (recommendation_id)
left join said_by on said_by.sentence_id = r.sentence_id
order by r.document_id, r.position;
comment on view recommendation_details is
    'Recommendations with session, section, who said it, codes as lists (best first, empty when none was found) and the passage as it stands in the document.';
