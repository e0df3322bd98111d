-- How often each instrument is cited, and by what.
create view instruments_cited as
select
    i.instrument_id,
    i.type,
    i.symbol,
    i.name_en as instrument_en,
    i.name_fr as instrument_fr,
    i.name_es as instrument_es,
    count(*) as citations,
    count(distinct c.sentence_id) as sentences,
    count(distinct r.recommendation_id) as recommendations,
    list_sort(list(distinct d.session_id)) as sessions
from citations as c
join instruments as i using (instrument_id)
join documents as d on d.document_id = c.document_id
left join recommendations as r on r.sentence_id = c.sentence_id
group by i.instrument_id, i.type, i.symbol, i.name_en, i.name_fr, i.name_es
order by citations desc, i.instrument_id;
comment on view instruments_cited is
    'Instruments, forums, mechanisms and programmes by how often they are cited, the most cited first.';
comment on column instruments_cited.instrument_id is 'The instrument.';
comment on column instruments_cited.type is 'What it is, as in instruments.';
comment on column instruments_cited.symbol is 'Symbol of the document; NULL where it has none.';
comment on column instruments_cited.instrument_en is 'Its name in English.';
comment on column instruments_cited.instrument_fr is 'Its name in French.';
comment on column instruments_cited.instrument_es is 'Its name in Spanish.';
comment on column instruments_cited.citations is 'How often it is cited.';
comment on column instruments_cited.sentences is 'In how many sentences.';
comment on column instruments_cited.recommendations is 'In how many recommendations.';
comment on column instruments_cited.sessions is 'The sessions whose documents cite it.';
