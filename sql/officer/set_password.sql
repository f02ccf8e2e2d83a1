-- Gives one officer another password's hash. Parameters: :name, :password.
UPDATE officer
SET password = :password
WHERE name = :name;
