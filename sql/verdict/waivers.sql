-- One row per waiver, the latest first: of a unit (NULL: all), those that end on :until or later.
-- Parameters: :campaign, :unit, :until.
SELECT
    waiver.id,
    waiver.campaign,
    waiver.unit,
    waiver.code,
    waiver.since,
    waiver.until,
    waiver.officer,
    waiver.at,
    waiver.reason,
    waiver_end.at AS ended_at,
    waiver_end.officer AS ended_by
FROM waiver
LEFT JOIN waiver_end ON waiver.id = waiver_end.waiver_id
WHERE
    waiver.campaign = :campaign
    AND (CAST(:unit AS TEXT) IS NULL OR waiver.unit = :unit)
    AND waiver.until >= :until
ORDER BY waiver.id DESC;
