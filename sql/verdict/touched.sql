-- One row per entry of these on which a verdict or waiver bears. Parameters: :entries (list).
SELECT entry.id
FROM entry
WHERE
    entry.id IN :entries
    AND (
        entry.replaced_by IS NOT NULL
        OR entry.decided_by IS NOT NULL
        OR EXISTS (
            SELECT 1
            FROM finding
            WHERE
                finding.submission_id = entry.submission_id
                AND finding.settled IS NOT NULL
                AND (finding.entry_id = entry.id OR finding.entry_id IS NULL)
        )
    )
ORDER BY entry.id;
