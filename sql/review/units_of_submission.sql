-- One row per unit that a submission speaks of: whoever may not see one of them may not see its sheets.
-- Parameters: :submission_id.
SELECT DISTINCT unit
FROM entry
WHERE submission_id = :submission_id;
