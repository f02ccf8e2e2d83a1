-- One row per verdict on the day's submissions.
-- Parameters: :submissions (list).
SELECT
    id,
    day,
    unit,
    at,
    officer,
    decision,
    reason,
    submission_id,
    entry_id,
    finding_id,
    code,
    indicator,
    fingerprint,
    field,
    old_value,
    new_value,
    spoke_with,
    withdraws
FROM verdict
WHERE submission_id IN :submissions
ORDER BY submission_id, id;
