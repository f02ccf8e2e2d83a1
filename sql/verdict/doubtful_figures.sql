-- One row per figure of an entry that was not understood and has no number. Parameters: :entry_id.
SELECT
    indicator,
    doubt
FROM figure
WHERE entry_id = :entry_id AND value IS NULL AND doubt IS NOT NULL
ORDER BY indicator;
