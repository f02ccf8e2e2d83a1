-- One row per finding of a page of the queue, in no order. Parameters: :findings.
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
    entry.label,
    submission.name
FROM finding
INNER JOIN submission ON finding.submission_id = submission.id
LEFT JOIN entry ON finding.entry_id = entry.id
WHERE finding.id IN :findings;
