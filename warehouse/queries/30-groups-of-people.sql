-- For which groups of people is something asked?
-- Shows: Number of recommendations per group.
select c.code, g.title_en, count(*) as recommendations
from recommendation_codes as c
join groups as g on c.scheme = 'group' and g.group_code = c.code
group by c.code, g.title_en
order by recommendations desc, c.code;
