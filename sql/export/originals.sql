-- One row per submission of the day, with its bytes' hash; the same bytes may stand in several.
-- Parameters: :campaign, :day.
SELECT
    sha256,
    name
FROM submission
WHERE
    id IN (
        SELECT submission_id
        FROM submission_of_day
        WHERE campaign = :campaign AND day = :day
    )
ORDER BY id;
