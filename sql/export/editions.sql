-- One row per edition of the day.
-- Parameters: :campaign, :day.
SELECT
    id,
    number,
    digest,
    made_at,
    as_of_at
FROM edition
WHERE campaign = :campaign AND day = :day
ORDER BY number;
