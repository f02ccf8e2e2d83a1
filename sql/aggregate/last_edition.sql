-- One row: the last edition of a day; none where the day has none. Parameters: :campaign, :day.
SELECT id
FROM edition
WHERE campaign = :campaign AND day = :day
ORDER BY number DESC
LIMIT 1;
