-- How much of what the document announces is found?
select
    session_id, measure, stated, extracted,
    round(100 * extracted / nullif(stated, 0), 1) as percent, status, note
from reconciliations
order by all;
