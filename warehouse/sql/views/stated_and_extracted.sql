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
comment on column stated_and_extracted.session_id is 'The session.';
comment on column stated_and_extracted.session_title is 'Theme of the session, in the language of its document.';
comment on column stated_and_extracted.document_id is 'The document that states the total.';
comment on column stated_and_extracted.measure is 'What is counted, as in reconciliations.';
comment on column stated_and_extracted.stated is 'What the document states; NULL when it states no number.';
comment on column stated_and_extracted.extracted is 'What the rows amount to.';
comment on column stated_and_extracted.share_found is 'extracted / stated; NULL when nothing is stated.';
comment on column stated_and_extracted.status is 'How the two compare, as in reconciliations.';
comment on column stated_and_extracted.note is 'What explains it.';
