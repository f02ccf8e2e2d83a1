-- One row per unit of the tree of the day, with since when this version of it is valid.
-- Parameters: :campaign, :root, :day.
WITH RECURSIVE branch AS (
    SELECT
        code,
        valid_from
    FROM unit
    WHERE
        campaign = :campaign
        AND code = :root
        AND valid_from <= :day
        AND (valid_to IS NULL OR valid_to > :day)
    UNION
    SELECT
        below.code,
        below.valid_from
    FROM branch
    INNER JOIN unit AS below
        ON
            below.campaign = :campaign
            AND branch.code = below.parent
            AND below.valid_from <= :day
            AND (below.valid_to IS NULL OR below.valid_to > :day)
    WHERE below.code <> :root
)

SELECT
    code,
    valid_from
FROM branch;
