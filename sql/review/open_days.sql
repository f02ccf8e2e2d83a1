-- One row per day with findings that hold an entry until a person decides, the latest first.
-- Parameters: :campaign, :since, :most.
SELECT
    day,
    COUNT(*) AS waiting
FROM finding
WHERE
    campaign = :campaign
    AND day >= :since
    AND settled IS NULL
    AND severity = 'critical'
GROUP BY day
ORDER BY day DESC
LIMIT :most;
