-- How many women and men have which role?
-- Shows: By honorific, where the document prints one; NULL where it does not.
select w.session_id, r.role, w.honorific, count(*) as persons
from who_spoke as w
cross join unnest(w.roles) as r(role)
where w.kind = 'person'
group by w.session_id, r.role, w.honorific
order by all;
