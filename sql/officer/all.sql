-- One row per officer, by name. Parameters: none.
SELECT
    id,
    name,
    title,
    role,
    branch,
    created_at,
    disabled_at
FROM officer
ORDER BY name;
