-- Who is speaking: what share of the sentences is attributed to whom?
-- Shows: A row per session and kind of source; NULL: headings.
select
    d.session_id, s.attribution, count(*) as sentences,
    round(100 * count(*) / sum(count(*)) over (partition by d.session_id), 1) as percent
from sentences as s
join documents as d using (document_id)
where d.is_reference
group by d.session_id, s.attribution
order by d.session_id, sentences desc, s.attribution;
