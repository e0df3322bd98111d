-- Which recommendations state a figure?
-- Shows: The recommendation and the figures in it.
select r.recommendation_id, list(f.text order by f.char_start) as figures, r.text
from recommendations as r
join figures as f using (sentence_id)
group by r.recommendation_id, r.text, r.document_id, r.position
order by r.document_id, r.position;
