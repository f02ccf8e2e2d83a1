-- One row per verdict of a campaign since a moment, the latest first.
-- Parameters: :campaign, :since_at, :most.
SELECT
    verdict.id,
    verdict.at,
    verdict.day,
    verdict.unit,
    verdict.officer,
    verdict.decision,
    verdict.reason,
    verdict.code,
    verdict.field,
    verdict.old_value,
    verdict.new_value,
    verdict.finding_id,
    verdict.entry_id,
    verdict.withdraws,
    later.id AS withdrawn_by
FROM verdict
LEFT JOIN verdict AS later ON verdict.id = later.withdraws
WHERE verdict.campaign = :campaign AND verdict.at >= :since_at
ORDER BY verdict.id DESC
LIMIT :most;
