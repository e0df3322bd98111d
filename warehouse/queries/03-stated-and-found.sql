-- How much of what the documents announce is found?
-- Shows: A row per total that a document states, or could: stated, found, percent, and what
-- explains it.
select
    session_id, measure, stated, extracted,
    round(100 * extracted / nullif(stated, 0), 1) as percent, status, note
from reconciliations
order by all;
