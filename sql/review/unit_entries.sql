-- One row per entry of a unit over some days, the latest day first.
-- Parameters: :campaign, :unit, :since, :until.
SELECT
    entry.id AS entry_id,
    entry.day,
    entry.standing,
    entry.state,
    entry.origin,
    entry.received_at,
    entry.verdict_id,
    entry.submission_id,
    entry.document,
    entry.sheet,
    entry.cell,
    own.replaced_by,
    submission.name,
    submission.sender
FROM standing_entry AS entry
INNER JOIN entry AS own ON entry.id = own.id
INNER JOIN submission ON entry.submission_id = submission.id
WHERE
    entry.campaign = :campaign
    AND entry.unit = :unit
    AND entry.day >= :since
    AND entry.day <= :until
ORDER BY entry.day DESC, entry.received_at DESC, entry.id DESC;
