"""What a cell merged over several rows says of each of them."""

from hub.lembar.sheet import Sheet


def fill_down(sheet: Sheet) -> None:
    """Put the text of a cell merged over rows of one column into each of them, as far as the sheet has rows. Across, a title stays
    where it is."""
    for merged in sheet.merged:
        if merged.left != merged.right or merged.top > len(sheet.rows):
            continue
        first = sheet.rows[merged.top - 1]
        text = first[merged.left] if merged.left < len(first) else ""
        if not text:
            continue
        for row in sheet.rows[merged.top : merged.bottom]:
            row.extend([""] * (merged.left + 1 - len(row)))
            row[merged.left] = row[merged.left] or text
