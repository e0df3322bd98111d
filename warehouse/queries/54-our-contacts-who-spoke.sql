-- Which people of our address book spoke?
-- Shows: Names compared without accents and case.
-- Files: contacts.csv
select c.contact, w.session_id, w.position, w.roles
from 'warehouse/queries/data/contacts.csv' as c
join who_spoke as w on folded(w.name) = folded(c.contact)
order by c.contact, w.session_id;
