-- One try to log in, failed until it is known better; returns its number. Parameters: :name, :origin, :at.
INSERT INTO login_attempt (name, origin, at, succeeded)
VALUES (:name, :origin, :at, FALSE)
RETURNING id;
