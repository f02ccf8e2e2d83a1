-- One row: the finding and, where it stands on one, its entry. Parameters: :id.
SELECT
    finding.id AS finding_id,
    finding.campaign,
    finding.submission_id,
    finding.entry_id,
    finding.code,
    finding.indicator,
    finding.settled,
    finding.verdict_id AS settled_by,
    finding.day,
    COALESCE(entry.unit, finding.unit) AS unit,
    entry.fingerprint,
    entry.origin,
    entry.replaced_by,
    entry.decided_by
FROM finding
LEFT JOIN entry ON finding.entry_id = entry.id
WHERE finding.id = :id;
