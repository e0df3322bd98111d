-- What must States of destination or host governments do?
-- Shows: Obligations whose addressee says so.
select recommendation_id, addressee, text
from recommendations
where force = 'obligation'
    and regexp_matches(
        strip_accents(lower(addressee)), 'destination|destino|accueil|host|acogida'
    )
order by document_id, position;
