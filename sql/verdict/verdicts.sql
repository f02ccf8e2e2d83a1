-- One row per verdict, the oldest first: on an entry (and its findings, and what it was made of), on
-- findings of
-- a submission as a whole, or on a unit since a day.
-- Parameters: :id, :entry_id, :submission_id, :campaign, :unit, :since; NULL where not asked.
WITH RECURSIVE lineage AS (
    SELECT
        entry.id,
        entry.verdict_id
    FROM entry
    WHERE entry.id = :entry_id
    UNION
    SELECT
        before.id,
        before.verdict_id
    FROM lineage
    -- By the correction that made it: both steps are by key, none reads through all entries.
    INNER JOIN verdict ON lineage.verdict_id = verdict.id
    INNER JOIN entry AS before ON verdict.entry_id = before.id
)

SELECT
    verdict.id,
    verdict.decision,
    verdict.officer,
    verdict.at,
    verdict.reason,
    verdict.campaign,
    verdict.day,
    verdict.unit,
    verdict.submission_id,
    verdict.entry_id,
    verdict.finding_id,
    verdict.code,
    verdict.field,
    verdict.old_value,
    verdict.new_value,
    verdict.spoke_with,
    verdict.withdraws,
    later.id AS withdrawn_by
FROM verdict
LEFT JOIN verdict AS later ON verdict.id = later.withdraws
WHERE
    verdict.id = :id
    OR verdict.entry_id IN (SELECT lineage.id FROM lineage)
    OR verdict.id IN (SELECT lineage.verdict_id FROM lineage)
    OR (verdict.submission_id = :submission_id AND verdict.entry_id IS NULL)
    OR (verdict.campaign = :campaign AND verdict.unit = :unit AND verdict.day >= :since)
ORDER BY verdict.id;
