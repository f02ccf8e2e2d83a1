-- The answer that is about to lie beside a file of a folder; one that has come further is left as it is.
-- Parameters: :submission_id, :source, :file, :made_at.
INSERT INTO folder_answer (submission_id, source, file, state, made_at)
VALUES (:submission_id, :source, :file, 'writing', :made_at)
ON CONFLICT (submission_id) DO UPDATE SET
    file = excluded.file,
    made_at = excluded.made_at
WHERE folder_answer.state = 'writing';
