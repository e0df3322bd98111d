-- A folded word without the marks of number and of a silent e, the same way in French, English and
-- Spanish: so that the singular finds the plural, and the plural the singular, of any word.
create macro word_root(word) as
    regexp_replace(
        regexp_replace(regexp_replace(word, '^(.*[^e])aux$', '\1al'), '^(.{3,}?)(?:es|e|s|x)$', '\1'),
        'y$', 'i'
    );
comment on macro word_root is
    'A folded word without marks of number: word_root(''villes'') is vill, as is word_root(''ville'').';
