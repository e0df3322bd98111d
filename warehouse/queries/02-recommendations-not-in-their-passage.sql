-- Does the passage say what the recommendation says, letters and digits compared? No row means yes.
-- Page furniture between the lines of a passage is left out, and read again only where it is cut.
with pieces as (
    select
        r.recommendation_id,
        unnest(list_prepend(
            r.char_start, list_sort(list(p.char_end) filter (p.char_end is not null))
        )) as first,
        unnest(list_append(
            list_sort(list(p.char_start) filter (p.char_start is not null)), r.char_end
        )) as past_last,
        r.document_id
    from recommendations as r
    left join passages as p
        on p.document_id = r.document_id
        and p.kind = 'artefact'
        and p.char_start >= r.char_start
        and p.char_end <= r.char_end
    group by r.recommendation_id, r.document_id, r.char_start, r.char_end
),
readings as (
    select
        recommendation_id,
        string_agg(source_passage(document_id, first, past_last), '' order by first) as passage
    from pieces
    group by recommendation_id
)
select r.recommendation_id
from recommendations as r
join readings using (recommendation_id)
where regexp_replace(nfc_normalize(passage), '[^\p{L}\p{N}]', '', 'g')
    <> regexp_replace(nfc_normalize(r.text), '[^\p{L}\p{N}]', '', 'g');
