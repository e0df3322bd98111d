-- On which objectives of the Global Compact is nothing recommended in any session?
-- Shows: The gaps: number and title.
select objective, title_en, title_fr, title_es
from objectives_over_time
group by all
having sum(recommendations) = 0
order by objective;
