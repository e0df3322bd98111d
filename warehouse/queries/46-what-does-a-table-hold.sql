-- What does a column of a table mean, and may it be NULL?
-- Shows: The data dictionary of one table or view.
-- Set: table=panels
select column_name, type, may_be_null, meaning
from data_dictionary
where name = coalesce(getvariable('table'), 'panels') and column_name is not null
order by position;
