-- One row per figure of the entries. Parameters: :entries (list).
SELECT
    entry_id,
    indicator,
    value,
    sheet,
    cell
FROM figure
WHERE entry_id IN :entries
ORDER BY entry_id, indicator;
