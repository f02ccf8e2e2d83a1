-- What verdicts come to: an entry counts once nothing critical on it is open, or an officer accepted the
-- whole.
-- Parameters: :entries (list).
UPDATE entry SET
    state = CASE
        WHEN entry.replaced_by IS NOT NULL THEN 'held'
        WHEN EXISTS (
            SELECT 1
            FROM verdict
            WHERE verdict.id = entry.decided_by AND verdict.decision IN ('reject', 'withdraw')
        ) THEN 'rejected'
        WHEN entry.unit IS NULL THEN 'held'
        WHEN entry.decided_by IS NOT NULL THEN 'accepted'
        WHEN EXISTS (
            SELECT 1
            FROM finding
            WHERE
                finding.submission_id = entry.submission_id
                AND finding.severity = 'critical'
                AND finding.settled IS NULL
                AND (
                    finding.entry_id = entry.id
                    -- A finding without a place stands on every entry of its file.
                    OR (
                        finding.entry_id IS NULL
                        AND finding.unit IS NULL
                        AND finding.cell IS NULL
                        AND finding.document IN ('', entry.document)
                    )
                )
        ) THEN 'held'
        ELSE 'accepted'
    END
WHERE entry.id IN :entries;
