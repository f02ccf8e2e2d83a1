-- One row per submission of the day.
-- Parameters: :campaign, :day.
SELECT
    id,
    sha256,
    name,
    size,
    sender,
    branch,
    received_at,
    received_day,
    state,
    provenance,
    letter
FROM submission
WHERE
    id IN (
        SELECT submission_id
        FROM submission_of_day
        WHERE campaign = :campaign AND day = :day
    )
ORDER BY id;
