-- What a correction had replaced stands for itself again. Parameters: :made_id.
UPDATE entry SET replaced_by = NULL
WHERE replaced_by = :made_id
RETURNING id;
