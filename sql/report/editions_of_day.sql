-- One row per edition of the day, the first one first. Parameters: :campaign, :day.
SELECT id
FROM edition
WHERE campaign = :campaign AND day = :day
ORDER BY number;
