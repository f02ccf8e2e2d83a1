-- One row per finding of an entry, those of its whole file too, open ones first.
-- Parameters: :entry_id, :submission_id (both may be NULL: none of that sort).
SELECT
    finding.id,
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
    finding.entry_id
FROM finding
WHERE
    finding.submission_id = :submission_id
    AND (finding.entry_id = :entry_id OR finding.entry_id IS NULL)
ORDER BY
    CASE WHEN finding.settled IS NULL THEN 0 ELSE 1 END,
    CASE finding.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    finding.id;
