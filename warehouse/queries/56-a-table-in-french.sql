-- How do I make a table with French labels?
-- Shows: Recommendations by force, with the labels of a list of the reader.
-- Files: labels.csv
select l.libelle, count(r.recommendation_id) as nombre
from 'warehouse/queries/data/labels.csv' as l
left join recommendations as r using (force)
group by l.libelle, l.ordre
order by l.ordre;
