-- One row per finding on a unit's entries over some days, the latest first.
-- Parameters: :campaign, :unit, :since, :until, :most.
SELECT
    finding.id,
    finding.day,
    finding.code,
    finding.severity,
    finding.unit,
    finding.indicator,
    finding.document,
    finding.sheet,
    finding.cell,
    finding.found,
    finding.expected,
    finding.arguments,
    finding.settled
FROM entry
CROSS JOIN finding
WHERE
    entry.campaign = :campaign
    AND entry.unit = :unit
    AND entry.day >= :since
    AND entry.day <= :until
    AND finding.entry_id = entry.id
ORDER BY finding.day DESC, finding.id DESC
LIMIT :most;
