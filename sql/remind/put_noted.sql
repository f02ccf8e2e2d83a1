-- One letter that was dealt with; one row back where nobody had before.
-- Parameters: :submission_id, :outcome, :at.
INSERT INTO letter_noted (submission_id, outcome, at)
VALUES (:submission_id, :outcome, :at)
ON CONFLICT (submission_id) DO NOTHING
RETURNING submission_id;
