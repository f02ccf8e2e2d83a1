-- One row per node of the tree and measure: the sum over the contributions of its branch. A measure is an
-- indicator (denominator NULL), or a numerator with its denominator, summed over the contributions that have
-- both: a unit whose denominator is wanting must not distort the rate above it.
--
-- What contributes is decided by days. `latest` is the last day, from :since to :day, on which a unit has a
-- counted entry (:since is :day where missing units are left out, the first day of all where they are carried
-- forward). A unit contributes its entry of that day if nothing below it is as new, and nothing above it is
-- newer than all below. So the deepest report of the day wins, and a parent's stated total stands in only
-- where none below reported.
--
-- Of an earlier day only the :carried indicators stand in. `entry_id`, `carried_from` and `is_stated` speak
-- of the node's own contribution.
-- Parameters: :campaign, :root, :day, :since, :indicators, :carried, :rates ("numerator/denominator").
WITH RECURSIVE branch AS (
    SELECT
        code,
        parent
    FROM unit
    WHERE
        campaign = :campaign
        AND code = :root
        AND valid_from <= :day
        AND (valid_to IS NULL OR valid_to > :day)
    UNION
    SELECT
        below.code,
        below.parent
    FROM branch
    INNER JOIN unit AS below
        ON
            below.campaign = :campaign
            AND branch.code = below.parent
            AND below.valid_from <= :day
            AND (below.valid_to IS NULL OR below.valid_to > :day)
    WHERE below.code <> :root
),

ancestry AS (
    SELECT
        code AS unit,
        code AS node,
        parent
    FROM branch
    UNION
    SELECT
        ancestry.unit,
        above.code AS node,
        above.parent
    FROM ancestry
    INNER JOIN unit AS above
        ON
            above.campaign = :campaign
            AND ancestry.parent = above.code
            AND above.valid_from <= :day
            AND (above.valid_to IS NULL OR above.valid_to > :day)
    WHERE ancestry.node <> :root
),

latest AS (
    SELECT
        branch.code AS unit,
        (
            SELECT MAX(entry.day)
            FROM entry
            WHERE
                entry.campaign = :campaign
                AND entry.unit = branch.code
                AND entry.state = 'accepted'
                AND entry.day >= :since
                AND entry.day <= :day
        ) AS day
    FROM branch
),

below AS (
    SELECT
        ancestry.node AS unit,
        MAX(latest.day) AS day
    FROM latest
    INNER JOIN ancestry ON latest.unit = ancestry.unit
    WHERE ancestry.unit <> ancestry.node
    GROUP BY ancestry.node
),

candidate AS (
    SELECT
        latest.unit,
        latest.day,
        CASE WHEN below.unit IS NULL THEN 0 ELSE 1 END AS is_stated
    FROM latest
    LEFT JOIN below ON latest.unit = below.unit
    WHERE latest.day IS NOT NULL AND (below.day IS NULL OR latest.day > below.day)
),

covered AS (
    SELECT DISTINCT ancestry.unit
    FROM candidate
    INNER JOIN ancestry ON candidate.unit = ancestry.node
    WHERE candidate.is_stated = 1 AND ancestry.unit <> ancestry.node
),

contribution AS (
    SELECT
        candidate.unit,
        candidate.is_stated,
        entry.id AS entry_id,
        CASE WHEN candidate.day < :day THEN candidate.day END AS carried_from,
        figure.indicator,
        figure.value
    -- CROSS JOIN: SQLite keeps its order, from the candidates to their entries, not through all history.
    FROM candidate
    CROSS JOIN standing_entry AS entry
    INNER JOIN figure ON entry.id = figure.entry_id
    WHERE
        entry.campaign = :campaign
        AND entry.unit = candidate.unit
        AND entry.day = candidate.day
        AND entry.state = 'accepted'
        AND entry.standing = 'counted'
        AND candidate.unit NOT IN (SELECT covered.unit FROM covered)
        AND figure.value IS NOT NULL
        AND figure.indicator IN :indicators
        AND (candidate.day = :day OR figure.indicator IN :carried)
),

measure AS (
    SELECT
        unit,
        indicator AS numerator,
        CAST(NULL AS TEXT) AS denominator,
        value AS above,
        CAST(NULL AS BIGINT) AS beneath,
        entry_id,
        carried_from,
        is_stated
    FROM contribution
    UNION ALL
    SELECT
        contribution.unit,
        contribution.indicator AS numerator,
        base.indicator AS denominator,
        contribution.value AS above,
        base.value AS beneath,
        contribution.entry_id,
        contribution.carried_from,
        contribution.is_stated
    FROM contribution
    CROSS JOIN figure AS base
    WHERE
        base.entry_id = contribution.entry_id
        AND base.value IS NOT NULL
        AND contribution.indicator || '/' || base.indicator IN :rates
        AND (contribution.carried_from IS NULL OR base.indicator IN :carried)
),

-- What stands directly below a node is added first: a country's communes then climb as a few hundred sums.
gathered AS (
    SELECT
        branch.parent AS unit,
        measure.numerator,
        measure.denominator,
        SUM(measure.above) AS above,
        SUM(measure.beneath) AS beneath
    FROM measure
    INNER JOIN branch ON measure.unit = branch.code
    WHERE measure.unit <> :root
    GROUP BY branch.parent, measure.numerator, measure.denominator
)

-- A node contributes itself or has contributions below, never both, so that nothing is said of it twice.
SELECT
    unit AS node,
    numerator,
    denominator,
    above,
    beneath,
    entry_id,
    carried_from,
    is_stated
FROM measure
UNION ALL
SELECT
    ancestry.node,
    gathered.numerator,
    gathered.denominator,
    CAST(SUM(gathered.above) AS BIGINT) AS above,
    CAST(SUM(gathered.beneath) AS BIGINT) AS beneath,
    CAST(NULL AS BIGINT) AS entry_id,
    CAST(NULL AS DATE) AS carried_from,
    0 AS is_stated
FROM gathered
INNER JOIN ancestry ON gathered.unit = ancestry.unit
GROUP BY ancestry.node, gathered.numerator, gathered.denominator;
