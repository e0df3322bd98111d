-- Which Sustainable Development Goals are touched, and which are not?
-- Shows: A row per goal: recommendations that name it by its number, and that suggest it.
select
    g.goal, g.title_en,
    count(*) filter (c.method = 'explicit') as explicit,
    count(*) filter (c.method = 'lexical') as lexical
from sdgs as g
left join recommendation_codes as c on c.scheme = 'sdg' and c.code = g.goal::varchar
group by g.goal, g.title_en
order by g.goal;
