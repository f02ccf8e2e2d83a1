-- One frozen line. Parameters: :edition_id, :unit, :position, :name, :kind, :parent, :depth, :state,
-- :timeliness, :received_at, :expected, :reported, :on_time, :is_leaf.
INSERT INTO edition_line (
    edition_id, unit, position, name, kind, parent, depth, state, timeliness, received_at, expected, reported,
    on_time, is_leaf
)
VALUES (
    :edition_id, :unit, :position, :name, :kind, :parent, :depth, :state, :timeliness, :received_at,
    :expected, :reported, :on_time, :is_leaf
);
