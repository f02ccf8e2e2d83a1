-- Another entry takes the place of this one. Parameters: :id, :made_id.
UPDATE entry SET replaced_by = :made_id
WHERE id = :id;
