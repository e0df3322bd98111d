-- What should I not rely on without looking?
-- Shows: Reasons to doubt, by table and field.
select reason, table_name, field, count(*) as rows
from uncertain
where reason <> 'suggested'
group by all
order by all;
