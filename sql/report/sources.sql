-- One row per figure of the given entries, with the submission it was read from. Parameters: :entries.
SELECT
    entry.id AS entry_id,
    entry.unit,
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
FROM entry
INNER JOIN figure ON entry.id = figure.entry_id
INNER JOIN submission ON entry.submission_id = submission.id
LEFT JOIN verdict ON figure.verdict_id = verdict.id
LEFT JOIN officer ON verdict.officer = officer.name
WHERE entry.id IN :entries
ORDER BY entry.id, figure.indicator;
