"""The data map: what lies in files and not in a table."""

from coaching.data_map.kept import Kept, Lies

BESIDE = (
    Kept(
        what="The log of the site: what failed, and that an account logged in, took its data along or was erased",
        why="To find faults and break-ins",
        how_long="As long as whoever runs this site keeps its logs",
        who="Whoever runs this site. No address, name or word of yours is in it: account and source are marks",
        lies=Lies.HASHED,
    ),
    Kept(
        what="Backups of the whole database",
        why="So that nothing is lost when a machine breaks",
        how_long="400 days at most. Whoever was erased is erased again when one is put back",
        who="Whoever runs this site",
        lies=Lies.AS_THERE,
    ),
    Kept(
        what="A list of marks of who was erased, in a file beside the database",
        why="So that a backup from before cannot bring them back",
        how_long="400 days",
        who="Whoever runs this site",
        lies=Lies.HASHED,
    ),
)
