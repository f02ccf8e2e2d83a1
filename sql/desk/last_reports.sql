-- One row per unit of these that ever had a report accepted before a day: the last such day.
-- Parameters: :campaign, :day, :units (list).
SELECT
    known.code AS unit,
    (
        SELECT entry.day
        FROM entry
        WHERE
            entry.campaign = :campaign
            AND entry.unit = known.code
            AND entry.day < :day
            AND entry.state = 'accepted'
        -- From the last day back, and no further than the first that is found.
        ORDER BY entry.day DESC
        LIMIT 1
    ) AS last_day
FROM (
    SELECT DISTINCT unit.code
    FROM unit
    WHERE unit.campaign = :campaign AND unit.code IN :units
) AS known;
