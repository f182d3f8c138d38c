"""The user's own file, opened in a real window with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from desktop import Program, wait_until


def title(gdsim: Program) -> str:
    """The title of the focused window; empty while the focus changes."""
    return gdsim.screen.run("xdotool", "getactivewindow", "getwindowname").strip()


def test_a_file_is_opened_with_the_keyboard_and_descended_on(
    gdsim: Program, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("体重;身高\n50,5;1,6\n60;1,7\n;1,75\n70;1,8\n".encode("gb18030"))
    gdsim.press("ctrl+o")
    wait_until(lambda: title(gdsim) == "Open data", "a file to be asked for")
    gdsim.type(str(file))
    gdsim.press("Return")
    wait_until(lambda: title(gdsim) == "Open data: people.csv", "the file to be looked at")

    def is_opened() -> bool:
        # The key does not open a file that has not been read yet.
        gdsim.press("Return")
        return "people.csv" not in title(gdsim)

    wait_until(is_opened, "the file to be opened")
    wait_until(lambda: "∂L/∂θ₁" in gdsim.step(), "a line to be fitted to its columns")
    assert gdsim.messages() == ""
