-- Who asks for something, and how strongly is it put?
-- Shows: A row per kind of source; a column per force.
select
    attribution,
    count(*) filter (force = 'priority') as priority,
    count(*) filter (force = 'commitment') as commitment,
    count(*) filter (force = 'call') as call,
    count(*) filter (force = 'obligation') as obligation,
    count(*) filter (force = 'importance') as importance,
    count(*) as total
from recommendations
group by attribution
order by total desc, attribution;
