-- The figures of an entry for the one that takes its place, the corrected one left out.
-- Parameters: :entry_id, :made_id, :field.
INSERT INTO figure (entry_id, indicator, value, raw, sheet, cell, doubt, verdict_id)
SELECT
    CAST(:made_id AS BIGINT) AS entry_id,
    indicator,
    value,
    raw,
    sheet,
    cell,
    doubt,
    verdict_id
FROM figure
WHERE entry_id = :entry_id AND indicator <> :field;
