-- What did persons who are named ask for?
-- Shows: A row per person and recommendation.
select p.name, p.position, r.force, r.text
from recommendations as r
join attributions as a using (sentence_id)
join participants as p on p.participant_id = a.participant_id
where p.kind = 'person'
order by p.name, r.document_id, r.position;
