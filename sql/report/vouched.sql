-- One row per verdict by which one of these entries, or a figure of it, was accepted as it is and which
-- stands, oldest first. Parameters: :entries (list).
SELECT
    verdict.entry_id,
    verdict.at,
    verdict.reason,
    COALESCE(NULLIF(officer.title, ''), verdict.officer) AS officer
FROM verdict
LEFT JOIN verdict AS later ON verdict.id = later.withdraws
LEFT JOIN officer ON verdict.officer = officer.name
WHERE
    verdict.entry_id IN :entries
    AND verdict.decision = 'accept'
    AND later.id IS NULL
ORDER BY verdict.id;
