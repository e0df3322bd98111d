-- How often is a field of a person not stated?
-- Shows: Percent of persons without it.
select
    count(*) as persons,
    round(100 * avg((honorific is null)::integer)) as without_honorific,
    round(100 * avg((position is null)::integer)) as without_position,
    round(100 * avg((organisation is null)::integer)) as without_organisation,
    round(100 * avg((country_code is null)::integer)) as without_country,
    round(100 * avg((sector is null)::integer)) as without_sector
from participants
where kind = 'person';
