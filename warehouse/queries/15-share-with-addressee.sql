-- What share of the recommendations says who should act?
-- Shows: A row per session.
select
    session_id, count(*) as recommendations,
    round(100 * avg((addressee is not null)::integer), 1) as percent_with_addressee
from recommendations
group by all
order by all;
