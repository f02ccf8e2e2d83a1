-- One row per finding of a submission, critical ones first. Parameters: :submissions (list).
SELECT
    id,
    submission_id,
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
WHERE submission_id IN :submissions
ORDER BY
    CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    id;
