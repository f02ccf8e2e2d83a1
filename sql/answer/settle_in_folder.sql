-- The answers that were about to be written beside files are written, or were refused.
-- Parameters: :submissions (list), :state, :made_at.
UPDATE folder_answer
SET
    state = :state,
    made_at = :made_at
WHERE submission_id IN :submissions AND state = 'writing';
