-- One row: the officer of a name, with the password's hash. Parameters: :name.
SELECT
    id,
    name,
    title,
    role,
    branch,
    created_at,
    disabled_at,
    password
FROM officer
WHERE name = :name;
