-- One row per entry that a correction made, with whether it was itself corrected or decided since.
-- Parameters: :verdict_id.
SELECT
    made.id,
    made.replaced_by,
    (
        SELECT COUNT(*)
        FROM verdict
        LEFT JOIN verdict AS later ON verdict.id = later.withdraws
        WHERE verdict.entry_id = made.id AND verdict.decision <> 'withdraw' AND later.id IS NULL
    ) AS decisions
FROM entry AS made
WHERE made.verdict_id = :verdict_id;
