-- One row per figure of these entries.
-- Parameters: :submissions (list).
SELECT
    figure.entry_id,
    figure.indicator,
    figure.value,
    figure.raw,
    figure.sheet,
    figure.cell,
    figure.doubt,
    figure.verdict_id
FROM figure
INNER JOIN entry ON figure.entry_id = entry.id
WHERE entry.submission_id IN :submissions
ORDER BY entry.submission_id, figure.entry_id, figure.indicator;
