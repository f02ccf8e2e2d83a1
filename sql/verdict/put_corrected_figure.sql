-- The corrected figure, at the place where the wrong one was read (the entry's own place, where none was).
-- Parameters: :entry_id (the entry corrected), :made_id, :indicator, :value, :verdict_id.
INSERT INTO figure (entry_id, indicator, value, raw, sheet, cell, doubt, verdict_id)
SELECT
    CAST(:made_id AS BIGINT) AS entry_id,
    CAST(:indicator AS TEXT) AS indicator,
    CAST(:value AS BIGINT) AS value,
    COALESCE(figure.raw, '') AS raw,
    COALESCE(figure.sheet, entry.sheet) AS sheet,
    COALESCE(figure.cell, entry.cell) AS cell,
    CAST(NULL AS TEXT) AS doubt,
    CAST(:verdict_id AS BIGINT) AS verdict_id
FROM entry
LEFT JOIN figure ON entry.id = figure.entry_id AND figure.indicator = :indicator
WHERE entry.id = :entry_id;
