-- One row per finding on the day's submissions.
-- Parameters: :campaign, :day.
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
WHERE
    submission_id IN (
        SELECT submission_id
        FROM submission_of_day
        WHERE campaign = :campaign AND day = :day
    )
ORDER BY id;
