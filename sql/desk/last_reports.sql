-- One row per unit that ever had a report accepted before a day: the last such day.
-- Parameters: :campaign, :day.
SELECT
    unit,
    MAX(day) AS last_day
FROM entry
WHERE campaign = :campaign AND day < :day AND state = 'accepted'
GROUP BY unit;
