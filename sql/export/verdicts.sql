-- One row per verdict on the day's submissions.
-- Parameters: :campaign, :day.
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
WHERE
    campaign = :campaign
    AND submission_id IN (
        SELECT submission_id
        FROM submission_of_day
        WHERE campaign = :campaign AND day = :day
    )
ORDER BY id;
