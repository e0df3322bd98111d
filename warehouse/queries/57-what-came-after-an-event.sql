-- Which session was the first after an event, and how many days later?
-- Shows: Per event of the list of the reader.
-- Files: events.csv
select e.event, e.date, s.session_id, s.start_date - e.date as days_later
from 'warehouse/queries/data/events.csv' as e
asof left join sessions as s on s.start_date >= e.date
order by e.date;
