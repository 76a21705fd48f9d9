"""What a terminal shows after all that was written to it, for the few sequences that the screen uses."""

from __future__ import annotations

import re

from rich.cells import cell_len

TOKEN = re.compile(r"\x1b\[(\d*)([A-Za-z;\d]*?)([A-Za-z])|(\r)|(\n)|(.)", re.S)


def glass(written: str, columns: int) -> list[str]:
    """The rows, those that scrolled away too; what is wider than the terminal goes on in the next row."""
    rows: list[str] = [""]
    row = column = 0
    for number, _, command, home, down, letter in TOKEN.findall(written):
        if command == "A":
            row = max(row - int(number or 1), 0)
        elif command in ("J", "K"):
            rows[row] = rows[row][:column]
            if command == "J":
                del rows[row + 1 :]
        elif home:
            column = 0
        elif down:
            row, column = row + 1, 0
        elif letter:
            if column + cell_len(letter) > columns:
                row, column = row + 1, 0
            rows += [""] * (row + 1 - len(rows))
            rows[row] = rows[row].ljust(column)[:column] + letter + rows[row][column + 1 :]
            column += 1
        rows += [""] * (row + 1 - len(rows))
    return [text.rstrip() for text in rows]
