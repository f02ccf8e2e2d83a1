-- One row per waiver that held on the day, or that settled a finding of it, with its end.
-- Parameters: :campaign, :day.
SELECT
    waiver.id,
    waiver.unit,
    waiver.code,
    waiver.since,
    waiver.until,
    waiver.at,
    waiver.officer,
    waiver.reason,
    waiver_end.at AS ended_at,
    waiver_end.officer AS ended_by,
    waiver_end.reason AS ended_why
FROM waiver
LEFT JOIN waiver_end ON waiver.id = waiver_end.waiver_id
WHERE
    waiver.campaign = :campaign
    AND (
        (waiver.since <= :day AND waiver.until >= :day)
        OR waiver.id IN (
            SELECT finding.waiver_id
            FROM finding
            WHERE finding.campaign = :campaign AND finding.day = :day
        )
    )
ORDER BY waiver.id;
