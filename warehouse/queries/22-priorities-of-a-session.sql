-- Which actions does a session set out as priorities?
-- Shows: The items of its list of priorities, in the order of the document.
-- Set: session=idm-2021-2
select position, text
from recommendations
where session_id = coalesce(getvariable('session'), 'idm-2021-2') and force = 'priority'
order by position;
