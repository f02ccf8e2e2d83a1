-- The answer that lies, or will lie, beside a file of a folder; its state as last known.
-- Parameters: :submission_id, :source, :file, :state, :made_at.
INSERT INTO folder_answer (submission_id, source, file, state, made_at)
VALUES (:submission_id, :source, :file, :state, :made_at)
ON CONFLICT (submission_id) DO UPDATE SET
    file = excluded.file,
    state = excluded.state,
    made_at = excluded.made_at
WHERE folder_answer.state = 'writing';
