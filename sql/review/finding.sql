-- One row: a finding with its entry, if it has one, and its submission. Parameters: :id.
SELECT
    finding.id,
    finding.campaign,
    finding.day,
    finding.code,
    finding.severity,
    finding.unit,
    finding.indicator,
    finding.document,
    finding.sheet,
    finding.cell,
    finding.found,
    finding.expected,
    finding.arguments,
    finding.settled,
    finding.verdict_id,
    finding.waiver_id,
    finding.entry_id,
    finding.submission_id,
    entry.unit AS entry_unit,
    entry.label,
    entry.origin,
    entry.standing,
    entry.sheet AS entry_sheet,
    entry.cell AS entry_cell,
    entry.document AS entry_document,
    submission.name,
    submission.sha256,
    submission.sender,
    submission.branch,
    submission.received_at,
    (
        SELECT sighting.source
        FROM sighting
        WHERE sighting.submission_id = submission.id
        ORDER BY sighting.id
        LIMIT 1
    ) AS source
FROM finding
INNER JOIN submission ON finding.submission_id = submission.id
LEFT JOIN standing_entry AS entry ON finding.entry_id = entry.id
WHERE finding.id = :id;
