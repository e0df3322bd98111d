-- Which of our partner organisations took part or are named?
-- Shows: Per partner of the list of the reader.
-- Files: partners.csv
select
    n.partner,
    count(distinct p.participant_id) as took_part,
    count(distinct m.mention_id) as mentions
from 'warehouse/queries/data/partners.csv' as n
left join participants as p on p.entity_id = n.organisation_id
left join mentions as m on m.kind = 'organisation' and m.entity_id = n.organisation_id
group by n.partner
order by n.partner;
