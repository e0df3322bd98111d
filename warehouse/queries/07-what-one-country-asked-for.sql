-- What did one country ask for, alone or with others, and where is it written?
-- Shows: A row per recommendation, with its place in the document.
-- Set: country=CHN
select r.recommendation_id, r.attributed_to, r.text, r.document_id, r.char_start, r.char_end
from recommendations as r
where exists (
    from attributions as a
    join participants as p using (participant_id)
    where a.sentence_id = r.sentence_id and p.country_code = coalesce(getvariable('country'), 'CHN')
)
order by r.document_id, r.position;
