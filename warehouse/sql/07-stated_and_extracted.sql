-- What the documents state of themselves, held against the rows.
create view stated_and_extracted as
select
    r.session_id,
    s.title as session_title,
    r.document_id,
    r.measure,
    r.stated,
    r.extracted,
    r.extracted / nullif(r.stated, 0) as share_found,
    r.status,
    r.note
from reconciliations as r
join sessions as s using (session_id)
order by r.document_id, r.measure;
comment on view stated_and_extracted is
    'Stated totals against extracted ones, with the share found and what explains it.';
