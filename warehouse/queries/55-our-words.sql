-- How often do words that we watch stand in recommendations?
-- Shows: Per word of the list of the reader, in any case, with or without accents.
-- Files: words.csv
select w.word, count(r.recommendation_id) as recommendations
from 'warehouse/queries/data/words.csv' as w
left join recommendations as r on contains(folded(r.text), folded(w.word))
group by w.word
order by recommendations desc, w.word;
