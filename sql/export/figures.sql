-- One row per figure of these entries.
-- Parameters: :campaign, :day.
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
WHERE
    entry.submission_id IN (
        SELECT submission_id
        FROM submission_of_day
        WHERE campaign = :campaign AND day = :day
    )
ORDER BY figure.entry_id, figure.indicator;
