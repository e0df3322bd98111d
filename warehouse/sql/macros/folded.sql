-- Text for comparing: lower case, no accents, ligatures spelled out, typographic apostrophes plain.
create macro folded(words) as
    strip_accents(
        replace(replace(replace(lower(words), 'œ', 'oe'), 'æ', 'ae'), '’', '''')
    );
comment on macro folded is
    'Text for comparing: lower case, no accents, ligatures spelled out: folded(''Cœur'') is coeur.';
