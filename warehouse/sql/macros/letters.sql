-- The letters and digits of a text, without note marks and tags: equal in a passage and in the row
-- that was read from it. A number in brackets before a parenthesis is a link, and no note mark.
create macro letters(words) as
    regexp_replace(
        nfc_normalize(regexp_replace(
            regexp_replace(words, '\[\^?(\d{1,3})\]\(', '\1(', 'g'),
            '(?is)<sup>.{0,12}?</sup>|\[\^?\d{1,3}\]|</?[a-z][^<>\n]{0,80}>|[⁰¹²³⁴-⁹]', '', 'g'
        )),
        '[^\p{L}\p{N}]', '', 'g'
    );
comment on macro letters is
    'The letters and digits of a text, without note marks and tags, for comparing a row with its passage: letters(''a-t-il[1]'') is atil.';
