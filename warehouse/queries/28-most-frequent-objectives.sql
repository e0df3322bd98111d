-- Which objectives are recommendations about, most of all?
-- Shows: The ten most frequent, and how many name the objective by its number.
select objective, title_en, sum(recommendations) as recommendations, sum(explicit) as explicit
from objectives_over_time
group by objective, title_en
order by recommendations desc, objective
limit 10;
