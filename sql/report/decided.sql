-- One row per entry of these that a verdict took out of the totals: rejected, or corrected to another unit
-- or day.
-- Parameters: :entries (list).
SELECT
    entry.id AS entry_id,
    verdict.decision,
    verdict.at,
    verdict.reason,
    COALESCE(NULLIF(officer.title, ''), verdict.officer) AS officer
FROM entry
LEFT JOIN entry AS made ON entry.replaced_by = made.id
INNER JOIN verdict ON COALESCE(entry.decided_by, made.verdict_id) = verdict.id
LEFT JOIN officer ON verdict.officer = officer.name
WHERE entry.id IN :entries
ORDER BY entry.id;
