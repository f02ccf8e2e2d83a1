-- One row per figure read for the day, whatever became of it; the counted one first.
-- Parameters: :campaign, :day, :unit (NULL: all), :indicator (NULL: all).
SELECT
    entry.id AS entry_id,
    entry.unit,
    entry.standing,
    entry.submission_id,
    entry.document,
    entry.received_at,
    figure.indicator,
    figure.value,
    figure.raw,
    figure.sheet,
    figure.cell,
    submission.sha256,
    submission.name,
    submission.sender,
    verdict.id AS verdict_id,
    COALESCE(NULLIF(officer.title, ''), verdict.officer) AS officer,
    verdict.at AS decided_at,
    verdict.reason,
    verdict.spoke_with,
    verdict.old_value,
    verdict.new_value,
    (
        SELECT sighting.source
        FROM sighting
        WHERE sighting.submission_id = submission.id
        ORDER BY sighting.id
        LIMIT 1
    ) AS source
FROM standing_entry AS entry
INNER JOIN figure ON entry.id = figure.entry_id
INNER JOIN submission ON entry.submission_id = submission.id
LEFT JOIN verdict ON figure.verdict_id = verdict.id
LEFT JOIN officer ON verdict.officer = officer.name
WHERE
    entry.campaign = :campaign
    AND entry.day = :day
    AND COALESCE(entry.unit, '') <> ''
    AND (CAST(:unit AS TEXT) IS NULL OR entry.unit = :unit)
    AND (CAST(:indicator AS TEXT) IS NULL OR figure.indicator = :indicator)
ORDER BY
    -- Not the bare column: its index would lead SQLite through all history.
    COALESCE(entry.unit, '') ASC,
    figure.indicator ASC,
    CASE entry.standing WHEN 'counted' THEN 0 WHEN 'held' THEN 1 WHEN 'superseded' THEN 2 ELSE 3 END ASC,
    entry.received_at DESC,
    entry.id DESC;
