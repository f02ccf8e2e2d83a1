-- Findings that a waiver settled are open again, except of days of which an edition was made since.
-- Parameters: :waiver_id.
UPDATE finding SET settled = NULL, waiver_id = NULL
WHERE
    waiver_id = :waiver_id
    AND NOT EXISTS (
        SELECT 1
        FROM edition
        INNER JOIN waiver ON edition.made_at >= waiver.at
        WHERE
            waiver.id = :waiver_id
            AND edition.campaign = finding.campaign
            AND edition.day = finding.day
    )
RETURNING submission_id, entry_id;
