-- All texts that search() finds, a row each. A sentence that is a recommendation is there as one.
create view searchable as
select 'recommendation' as kind, r.recommendation_id as row_id, r.session_id, d.language, r.text,
    r.document_id, r.char_start, r.char_end
from recommendations as r
join documents as d using (document_id)
where r.text is not null
union all
select 'sentence', s.sentence_id, d.session_id, d.language, s.text,
    s.document_id, s.char_start, s.char_end
from sentences as s
join documents as d using (document_id)
join passages as p using (passage_id)
where s.text is not null
    and p.kind not in ('header', 'heading')
    and not exists (
        from panels as n
        where p.kind = 'list_item' and n.document_id = s.document_id
            and n.char_start >= s.char_start and n.char_end <= s.char_end
    )
    and not exists (from recommendations as r where r.sentence_id = s.sentence_id)
union all
select 'panel', p.panel_id, p.session_id, d.language, p.title, p.document_id, p.char_start, p.char_end
from panels as p
join documents as d using (document_id)
where p.title is not null
union all
select 'section', s.section_id, d.session_id, d.language, s.heading,
    s.document_id, s.char_start, s.char_end
from sections as s
join documents as d using (document_id)
where s.heading is not null
union all
select 'session', s.session_id, s.session_id, s.language, s.title,
    s.document_id, s.char_start, s.char_end
from sessions as s
where s.title is not null;
comment on view searchable is
    'The texts that search() finds: recommendations, other sentences, and titles of sessions, panels and sections.';
comment on column searchable.kind is 'What it is: recommendation, sentence, panel, section or session.';
comment on column searchable.row_id is 'Key of the row in the table of that kind.';
comment on column searchable.session_id is 'The session.';
comment on column searchable.language is 'Language of the text (ISO 639-1).';
comment on column searchable.text is 'The text.';
comment on column searchable.document_id is 'The document that it was read from.';
comment on column searchable.char_start is 'Where the passage starts in documents.text.';
comment on column searchable.char_end is 'Where it ends: the offset of the first character after it.';
