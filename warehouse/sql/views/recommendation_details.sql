-- Recommendations with all that one wants to read beside them.
create view recommendation_details as
-- Documents in slices, a new one every 2,000 characters, each long enough for the longest row: to
-- find the place of a span in a long text means to read it from its beginning.
with slices as materialized (
    select
        document_id, slice,
        substr(
            text, slice * 2000 + 1,
            2000 + (select max(char_end - char_start) from recommendations)
        ) as part
    from (
        select document_id, text, unnest(range(characters // 2000 + 1)) as slice from documents
    )
),
coded as (
    select c.recommendation_id, c.scheme, c.code, c.position,
        coalesce(o.title_en, g.title_en, p.title_en) as title_en,
        coalesce(o.title_fr, g.title_fr, p.title_fr) as title_fr,
        coalesce(o.title_es, g.title_es, p.title_es) as title_es
    from recommendation_codes as c
    left join gcm_objectives as o on c.scheme = 'gcm' and o.objective::varchar = c.code
    left join sdgs as g on c.scheme = 'sdg' and g.goal::varchar = c.code
    left join groups as p on c.scheme = 'group' and p.group_code = c.code
),
codes as (
    select
        recommendation_id,
        list(try_cast(code as integer) order by position) filter (scheme = 'gcm') as gcm_objectives,
        list(try_cast(code as integer) order by position) filter (scheme = 'sdg') as sdgs,
        list(code order by position) filter (scheme = 'group') as groups,
        list(title_en order by position) filter (scheme = 'gcm') as objectives_en,
        list(title_fr order by position) filter (scheme = 'gcm') as objectives_fr,
        list(title_es order by position) filter (scheme = 'gcm') as objectives_es,
        list(title_en order by position) filter (scheme = 'sdg') as goals_en,
        list(title_fr order by position) filter (scheme = 'sdg') as goals_fr,
        list(title_es order by position) filter (scheme = 'sdg') as goals_es,
        list(title_en order by position) filter (scheme = 'group') as groups_en,
        list(title_fr order by position) filter (scheme = 'group') as groups_fr,
        list(title_es order by position) filter (scheme = 'group') as groups_es
    from coded
    group by recommendation_id
),
said_by as (
    select
        a.sentence_id,
        list(p.name order by p.participant_id) as participants,
        list_sort(list(distinct p.country_code) filter (p.country_code is not null)) as countries
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
    substr(l.part, r.char_start % 2000 + 1, r.char_end - r.char_start) as source_text,
    coalesce(said_by.countries, []) as countries,
    coalesce(codes.objectives_en, []) as objectives_en,
    coalesce(codes.objectives_fr, []) as objectives_fr,
    coalesce(codes.objectives_es, []) as objectives_es,
    coalesce(codes.goals_en, []) as goals_en,
    coalesce(codes.goals_fr, []) as goals_fr,
    coalesce(codes.goals_es, []) as goals_es,
    coalesce(codes.groups_en, []) as groups_en,
    coalesce(codes.groups_fr, []) as groups_fr,
    coalesce(codes.groups_es, []) as groups_es,
    r.rule
from recommendations as r
join sessions as s using (session_id)
join sections using (section_id)
join slices as l on l.document_id = r.document_id and l.slice = r.char_start // 2000
left join codes using (recommendation_id)
left join said_by on said_by.sentence_id = r.sentence_id
order by r.document_id, r.position;
comment on view recommendation_details is
    'Recommendations with session, section, who said it, codes as lists (best first, empty when none was found) with titles in three languages, and the passage as it stands in the document.';
comment on column recommendation_details.recommendation_id is 'Key of the recommendation.';
comment on column recommendation_details.session_id is 'The session.';
comment on column recommendation_details.session_title is 'Theme of the session, in the language of its document.';
comment on column recommendation_details.start_date is 'First day of the session.';
comment on column recommendation_details.day is 'Day of the session that the section is about; NULL where none is given.';
comment on column recommendation_details.section_kind is 'Kind of the section, as in sections.';
comment on column recommendation_details.heading is 'Heading of the section; NULL for the text before the first.';
comment on column recommendation_details.position is '1 to n in the document.';
comment on column recommendation_details.text is 'The sentence or item, clean.';
comment on column recommendation_details.force is 'How strongly it is put, as in recommendations.';
comment on column recommendation_details.cue is 'The words that show the force.';
comment on column recommendation_details.attribution is 'What kind of source says it, as in recommendations.';
comment on column recommendation_details.attributed_to is 'The words that name who said it; NULL where nobody is named.';
comment on column recommendation_details.participants is 'Names of the participants who said it; empty when none is known.';
comment on column recommendation_details.addressee is 'The words that name who is to act; NULL when the sentence does not say.';
comment on column recommendation_details.gcm_objectives is 'Numbers of the objectives of the Global Compact that it is about.';
comment on column recommendation_details.sdgs is 'Numbers of the Sustainable Development Goals that it is about.';
comment on column recommendation_details.groups is 'Codes of the groups of people that it is about.';
comment on column recommendation_details.document_id is 'The document that it was read from.';
comment on column recommendation_details.char_start is 'Where the passage starts in documents.text: characters before it.';
comment on column recommendation_details.char_end is 'Where it ends: the offset of the first character after it.';
comment on column recommendation_details.source_text is 'The passage as it stands in the document, line by line.';
comment on column recommendation_details.countries is 'Codes (ISO 3166-1 alpha-3) of the countries that those who said it represent.';
comment on column recommendation_details.objectives_en is 'Titles of the objectives in English.';
comment on column recommendation_details.objectives_fr is 'Titles of the objectives in French.';
comment on column recommendation_details.objectives_es is 'Titles of the objectives in Spanish.';
comment on column recommendation_details.goals_en is 'Titles of the goals in English.';
comment on column recommendation_details.goals_fr is 'Titles of the goals in French.';
comment on column recommendation_details.goals_es is 'Titles of the goals in Spanish.';
comment on column recommendation_details.groups_en is 'Names of the groups in English.';
comment on column recommendation_details.groups_fr is 'Names of the groups in French.';
comment on column recommendation_details.groups_es is 'Names of the groups in Spanish.';
comment on column recommendation_details.rule is 'The rule that found it.';
