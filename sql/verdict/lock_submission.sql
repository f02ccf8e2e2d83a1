-- Makes officers who decide on the same submission at the same time take turns. Parameters: :id.
UPDATE submission SET state = state
WHERE id = :id;
