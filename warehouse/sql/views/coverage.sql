-- How much of each document is in its passages. An artefact inside of a passage counts once.
create view coverage as
with non_blank as (
    select
        p.document_id,
        length(regexp_replace(
            source_passage(p.document_id, p.char_start, p.char_end), '[\s\p{Z}]', '', 'g'
        )) as characters
    from passages as p
    where not exists (
        from passages as around
        where p.kind = 'artefact'
            and around.kind <> 'artefact'
            and around.document_id = p.document_id
            and around.char_start <= p.char_start
            and around.char_end >= p.char_end
    )
)
select
    d.document_id,
    d.characters,
    length(regexp_replace(d.text, '[\s\p{Z}]', '', 'g')) as non_blank,
    coalesce(sum(n.characters), 0)::integer as in_passages,
    in_passages / non_blank as share
from documents as d
left join non_blank as n using (document_id)
group by d.document_id, d.characters, d.text
order by d.document_id;
comment on view coverage is
    'Per document: its characters, those that are not blank, those of them in a passage, and their share (1 when nothing is lost).';
comment on column coverage.document_id is 'The document.';
comment on column coverage.characters is 'Its characters (Unicode code points).';
comment on column coverage.non_blank is 'Those of them that are no white space.';
comment on column coverage.in_passages is 'Those of them that stand in a passage.';
comment on column coverage.share is 'in_passages / non_blank: 1 when nothing is lost.';
