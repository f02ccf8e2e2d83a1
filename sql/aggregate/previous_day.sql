-- One row: the last day before :day on which any unit has an accepted entry (NULL: none).
-- Parameters: :campaign, :day.
SELECT MAX(day) AS previous_day
FROM entry
WHERE campaign = :campaign AND state = 'accepted' AND day < :day;
