-- One row: the edition's id, or none where another process took the number.
-- Parameters: :campaign, :day, :number, :digest, :made_at, :as_of_at.
INSERT INTO edition (campaign, day, number, digest, made_at, as_of_at)
VALUES (:campaign, :day, :number, :digest, :made_at, :as_of_at)
ON CONFLICT (campaign, day, number) DO NOTHING
RETURNING id;
