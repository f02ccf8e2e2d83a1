-- One row per figure of an entry. Parameters: :entry_id.
SELECT
    indicator,
    value,
    raw,
    sheet,
    cell,
    doubt,
    verdict_id
FROM figure
WHERE entry_id = :entry_id
ORDER BY indicator;
