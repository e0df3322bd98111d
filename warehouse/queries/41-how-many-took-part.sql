-- How many people took part, and from how many countries?
-- Shows: What the documents state, with its hedge and its words.
select d.session_id, f.measure, f.qualifier, f.value, f.text
from figures as f
join documents as d using (document_id)
where f.measure in ('registered', 'attended', 'countries', 'government_share')
order by d.session_id, f.char_start;
