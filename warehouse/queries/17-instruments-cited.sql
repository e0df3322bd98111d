-- Which instruments, forums and programmes are cited, how often, in how many sessions?
-- Shows: A row per instrument, the most cited first.
select
    i.symbol, coalesce(i.name_en, i.name_fr, i.name_es) as instrument,
    count(*) as citations, count(distinct d.session_id) as sessions
from citations as c
join instruments as i using (instrument_id)
join documents as d on d.document_id = c.document_id
group by all
order by citations desc, instrument;
