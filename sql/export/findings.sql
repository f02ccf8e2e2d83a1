-- One row per finding on the day's submissions.
-- Parameters: :submissions (list).
SELECT
    id,
    submission_id,
    entry_id,
    day,
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
    arguments,
    made_at,
    settled,
    verdict_id,
    waiver_id
FROM finding
WHERE submission_id IN :submissions
ORDER BY submission_id, id;
