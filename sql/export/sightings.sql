-- One row per place a submission of the day was seen in.
-- Parameters: :campaign, :day.
SELECT
    id,
    submission_id,
    source,
    key,
    seen_at,
    acknowledged_at
FROM sighting
WHERE
    submission_id IN (
        SELECT submission_id
        FROM submission_of_day
        WHERE campaign = :campaign AND day = :day
    )
ORDER BY id;
