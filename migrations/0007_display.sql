-- How each person wants answers shown to them.
--
-- Columns beside `zone`, and no table: each is one choice of one person, read with the zone at the beginning of every command
-- in a question that is asked anyway, emptied by the same statement when the person is erased, and kept by the same one
-- when two accounts turn out to be one person. Null where nothing was chosen, so that the default can change.

-- `with` or `without`: whether answers have pictures beside their words.
alter table people add column pictures text;

-- `light` or `dark`: the background of pictures.
alter table people add column theme text;
