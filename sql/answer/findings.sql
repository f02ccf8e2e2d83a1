-- One row per finding of a submission, critical ones first. Parameters: :submission.
SELECT
    id,
    entry_id,
    is_reason,
    code,
    severity,
    unit,
    indicator,
    document,
    sheet,
    cell,
    found,
    expected,
    arguments
FROM finding
WHERE submission_id = :submission
ORDER BY
    CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    id;
