-- One row per entry of these and verdict that was given on an entry that says the same, the oldest first:
-- what
-- holds for an identical resend as well. Parameters: :entries (list).
SELECT
    mine.id AS entry_id,
    verdict.id AS verdict_id,
    verdict.decision,
    verdict.code,
    verdict.indicator,
    made.id AS made_id
FROM entry AS mine
INNER JOIN verdict ON mine.fingerprint = verdict.fingerprint AND mine.campaign = verdict.campaign
LEFT JOIN verdict AS later ON verdict.id = later.withdraws
LEFT JOIN entry AS made ON verdict.id = made.verdict_id
WHERE
    mine.id IN :entries
    AND mine.unit = verdict.unit
    AND mine.day = verdict.day
    AND mine.id <> verdict.entry_id
    AND verdict.decision <> 'withdraw'
    AND later.id IS NULL
ORDER BY verdict.id;
