-- How good is each table, measured against labels made by hand?
-- Shows: A row per table and field: what was found rightly, wrongly, and missed; precision and
-- recall.
select
    table_name, measure,
    sum(true_positives) as true_positives,
    sum(false_positives) as false_positives,
    sum(false_negatives) as false_negatives,
    round(sum(true_positives) / nullif(sum(true_positives) + sum(false_positives), 0), 3)
        as micro_precision,
    round(sum(true_positives) / nullif(sum(true_positives) + sum(false_negatives), 0), 3)
        as micro_recall
from evaluations
group by all
order by all;
