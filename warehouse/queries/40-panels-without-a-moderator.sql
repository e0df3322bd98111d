-- Of how many panels do we not learn who led them?
-- Shows: Per session: panels, those with a moderator, and those without.
select
    session_id,
    count(*) as panels,
    count(*) filter (len(moderators) > 0) as with_moderator,
    count(*) filter (len(moderators) = 0) as without
from panel_details
group by session_id
order by session_id;
