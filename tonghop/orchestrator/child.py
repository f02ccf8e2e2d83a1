"""A child process with a log file: started watched, stopped politely, then firmly."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tonghop.errors import OrchestratorFailed

_WATCHED = Path(__file__).with_name("watched.py")
_LOG_KEPT_BYTES = 5_000_000


class Child:
    """One process of this installation, of which ``name`` is the log file in HOME/logs.

    ``keep_open`` are file descriptors that it holds for as long as it lives.

    It has a session of its own, so that Ctrl-C reaches it only through us, in the order that we choose.
    """

    def __init__(
        self,
        home: Path,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        keep_open: Sequence[int] = (),
    ) -> None:
        self.name, self.command, self.env, self.keep_open = name, tuple(command), dict(env), tuple(keep_open)
        self.log_file = home.absolute() / "logs" / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process, for the first time or again. Raises ``OrchestratorFailed``."""
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        self.tend_log()
        try:
            with self.log_file.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                    self.command,
                    env=self.env,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    pass_fds=self.keep_open,
                )
        except OSError as error:
            raise OrchestratorFailed(f"{self.name}: could not start {self.command[0]}: {error}") from error

    @property
    def pid(self) -> int:
        """Return the process's number; 0 before it was started."""
        return self._process.pid if self._process is not None else 0

    @property
    def exit_code(self) -> int | None:
        """Return the code with which the process ended, negative for a signal; None while it runs."""
        return self._process.poll() if self._process is not None else 0

    def stop(self, patience: float) -> None:
        """Ask the process to end; kill it where it has not done so after ``patience`` seconds."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def tend_log(self) -> None:
        """Keep one old log beside the present one, so that a year of runs does not fill the disk.

        The process goes on writing: it appends, so the log is emptied under it rather than moved away.
        """
        if self.log_file.exists() and self.log_file.stat().st_size > _LOG_KEPT_BYTES:
            shutil.copyfile(self.log_file, self.log_file.with_suffix(".log.old"))
            os.truncate(self.log_file, 0)

    def last_lines(self, count: int = 12) -> str:
        """Return the end of the log, for the message that says why the process did not live."""
        try:
            return "\n".join(
                self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
            )
        except OSError:
            return ""


def watched_command(module: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs a Python module as a child that ends with this process."""
    # -P: the folder of watched.py must not come first on the path of the module.
    return (sys.executable, "-P", str(_WATCHED), str(os.getpid()), module, *arguments)
