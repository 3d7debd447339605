"""One command from a bare checkout: sets everything up by itself, then acts. Standard library only.

    python3 packaging/dev.py run      the demo on the bundled samples; with arguments, the command line with them
    python3 packaging/dev.py test     format, lint, types, import contracts, tests, coverage; arguments go to pytest
    python3 packaging/dev.py check    the same without the tests
    python3 packaging/dev.py bench    the benchmarks
    python3 packaging/dev.py screenshots [FOLDER]   pictures of the window in its states, light and dark
    python3 packaging/dev.py package [--smoke]      the frozen build in dist/; --smoke tries it without a network
    python3 packaging/dev.py setup    the set-up alone

Everything is installed into ``.venv`` inside the checkout. The exceptions are Debian packages (the system libraries
that Qt and llama.cpp load, and python3-venv): root gets them installed, anybody else is told the command. This file
must parse on Python 3.6, so that an old Python gets a sentence and not a syntax error.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS, SUFFIX = (VENV / "Scripts", ".exe") if os.name == "nt" else (VENV / "bin", "")
PYTHON = PROGRAMS / f"python{SUFFIX}"
STAMP = VENV / "reviewer-setup.txt"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
BENCHMARKS = ROOT / "tests" / "benchmarks"
OLDEST, TOO_NEW = (3, 11), (3, 14)
BUILD_TOOLS = ["hatchling", "editables"]
FREEZING_TOOLS = ["pyinstaller"]
# A file's tests stay together: they share what is dear to make.
ON_ALL_CORES = ["--numprocesses", "logical", "--maxprocesses", "8", "--dist", "loadfile"]

# What Qt and llama.cpp load, and the Debian package that has it.
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgomp.so.1": "libgomp1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


class SetupError(Exception):
    """The set-up cannot go on; the message is one sentence for the user."""


def refusal(version):
    """The sentence for a Python that will not do, or None."""
    if OLDEST <= version[:2] < TOO_NEW:
        return None
    return f"Reviewer needs Python 3.11, 3.12 or 3.13, and this is Python {version[0]}.{version[1]}."


# --------------------------------------------------------------------------------------------------------------- set-up


def set_up():
    """Makes ``.venv`` what pyproject.toml and the constraints say; quick where it is already.

    Raises:
        SetupError: something is missing that this program cannot get.
    """
    interpreter, files = f"{sys.version} {sys.base_prefix} {ROOT}", fingerprint()
    made_by, made_from = read_stamp()
    is_usable = made_by == interpreter and PYTHON.exists()
    if is_usable and made_from == files:
        return
    started = time.monotonic()
    say("Setting up .venv (the first time, and when the dependencies change) ...")
    install_system_libraries()
    if not is_usable:
        make_venv()
    install_dependencies()
    STAMP.write_text(f"{interpreter}\0{files}", encoding="utf-8")
    say(f"Set up in {time.monotonic() - started:.0f} s.")


def fingerprint():
    """Changes when the dependencies, or the way they are installed, do."""
    digest = hashlib.sha256()
    for path in (ROOT / "pyproject.toml", CONSTRAINTS, Path(__file__).resolve()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_stamp():
    """The interpreter and the fingerprint of the last complete set-up, or two empty strings."""
    try:
        interpreter, files = STAMP.read_text(encoding="utf-8").split("\0")
    except (OSError, ValueError):
        return "", ""
    return interpreter, files


def make_venv():
    """A fresh virtual environment: one of another Python, or half made, is replaced.

    Raises:
        SetupError: it cannot be made.
    """
    if not can_make_venvs():
        install_venv_package()
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise SetupError(f"Python could not make a virtual environment in {VENV}; see above.")


def can_make_venvs():
    """False for Debian's bare python3, which comes without ensurepip."""
    probe = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.call(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def install_venv_package():
    """Installs python3-venv as root on Debian.

    Raises:
        SetupError: it is for the user to do; the message says how.
    """
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not shutil.which("apt-get"):
        raise SetupError("This Python has no venv or ensurepip module; please install a Python that has both.")
    if not is_root() or not apt_install([package]):
        raise SetupError(f"Python's venv module is missing; please run: sudo apt-get install -y {package}")


def install_dependencies():
    """Installs the checkout itself, editable, with everything it and its tests need, in the pinned versions.

    Raises:
        SetupError: pip failed.
    """
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if "PIP_CACHE_DIR" not in os.environ:
        pip.append("--no-cache-dir")  # nothing is written outside the checkout
    pip += ["--constraint", str(CONSTRAINTS)]
    for what in (BUILD_TOOLS, ["--no-build-isolation", "--editable", f"{ROOT}[test,dev,local-llm]"]):
        if subprocess.call(pip + what, cwd=str(ROOT)) != 0:
            raise SetupError("pip could not install the dependencies; see above. It needs the network or a mirror.")


def install_system_libraries():
    """Installs the missing system libraries, as root on Debian and Ubuntu; else says which they are and goes on."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return
    packages = missing_system_packages()
    if is_root() and not shutil.which("Xvfb"):
        packages.append("xvfb")  # a test looks at the window on a display of its own
    if not packages or (is_root() and apt_install(packages)):
        return
    say("Some system libraries for the window are missing; the command line works without them. To get them:")
    say(f"  sudo apt-get install -y --no-install-recommends {' '.join(packages)}")


def missing_system_packages():
    """The Debian packages of the libraries that the dynamic linker does not know."""
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    try:
        listing = subprocess.check_output([ldconfig, "-p"], stderr=subprocess.DEVNULL).decode("utf-8", "replace")
    except (OSError, subprocess.CalledProcessError):
        return []
    known = {line.split()[0] for line in listing.splitlines() if "=>" in line}
    return [package for library, package in sorted(SYSTEM_LIBRARIES.items()) if library not in known]


def apt_install(packages):
    """True when the packages are installed. The lists are fetched first: a bare image has none."""
    say(f"Installing with apt-get: {' '.join(packages)}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.call(["apt-get", "-qq", "update"], env=environment)
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    return subprocess.call(command, env=environment, stdout=subprocess.DEVNULL) == 0


def is_root():
    """False on Windows, which has no such user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


# ------------------------------------------------------------------------------------------------------------- commands


def run(arguments):
    """The window where there is one and a display; else the demo in the terminal; or the command line as asked."""
    if arguments:
        return start(["python", "-m", "reviewer", *arguments])
    if has_display() and (ROOT / "reviewer" / "app.py").exists():
        return start(["python", "-m", "reviewer", "gui"])
    reason = "There is no window yet" if has_display() else "There is no display"
    say(f"{reason}: here is the demo in the terminal, on the bundled samples.")
    return start(["python", "-m", "reviewer", "demo"])


def test(arguments):
    """All checks, then all tests with coverage. A choice of tests (any argument) is run without the coverage floors."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if arguments:
        return check([]) or run_steps([("tests", ["pytest", *arguments])])
    report = ["coverage", "report", "--skip-covered"]
    core = [*report, "--include=reviewer/domain/*,reviewer/engine/*", "--fail-under=100"]
    return check([]) or run_steps(
        [
            ("tests", ["pytest", *ON_ALL_CORES, "--cov", "--cov-report="]),
            ("coverage of domain and engine (100 %)", core),
            ("coverage of everything (85 %)", [*report, "--fail-under=85"]),
        ]
    )


def check(_):
    """Format, lint, types and import contracts."""
    return run_steps(
        [
            ("format", ["ruff", "format", "--check", "--quiet", "."]),
            ("lint", ["ruff", "check", "--quiet", "."]),
            ("types", ["mypy"]),
            ("import contracts", ["lint-imports"]),
        ]
    )


def bench(_):
    """Every benchmark, one after the other."""
    return run_steps([(script.stem, ["python", str(script)]) for script in sorted(BENCHMARKS.glob("[!_]*.py"))])


def screenshots(arguments):
    """Draws the states of the window in both themes into a folder."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return start(["python", str(ROOT / "packaging" / "screenshots.py"), *arguments])


def package(arguments):
    """Builds the frozen one-folder application into ``dist``; ``--smoke`` then tries it."""
    if [each for each in arguments if each != "--smoke"]:
        say("Usage: python3 packaging/dev.py package [--smoke]")
        return 2
    freeze = ["pyinstaller", "--noconfirm", "--log-level", "WARN", "--distpath", "dist", "--workpath", "build"]
    pip = ["python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", str(CONSTRAINTS)]
    steps = [
        ("freezing tools", [*pip, *FREEZING_TOOLS]),
        ("frozen build", [*freeze, str(ROOT / "packaging" / "reviewer.spec")]),
    ]
    if "--smoke" in arguments:
        steps.append(("smoke", ["python", str(ROOT / "packaging" / "smoke.py"), str(ROOT / "dist" / "reviewer")]))
    return run_steps(steps)


def run_steps(steps):
    """Runs programs of ``.venv`` one after the other and prints their times; the first failure ends it. 0 or 1."""
    for name, command in steps:
        started = time.monotonic()
        say(f"--- {name}")
        succeeded = start(command) == 0
        say(f"{'ok' if succeeded else 'FAILED'}: {name}, {time.monotonic() - started:.1f} s")
        if not succeeded:
            return 1
    return 0


def start(command):
    """Runs a program of ``.venv`` in the checkout; gives its exit code."""
    try:
        return subprocess.call([str(PROGRAMS / (command[0] + SUFFIX)), *command[1:]], cwd=str(ROOT))
    except KeyboardInterrupt:
        return 130


def has_display():
    """True where a window can be opened."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def say(sentence):
    """Prints at once, so that the lines stand before those of the programs that are started."""
    print(sentence, flush=True)


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "screenshots": screenshots,
    "package": package,
    "setup": lambda _: 0,
}


def main(arguments):
    """Gives the exit code: that of the command; 2 for a command or a set-up that cannot be."""
    sentence = refusal(sys.version_info)
    if sentence:
        say(sentence)
        return 2
    if not arguments or arguments[0] not in COMMANDS:
        say(__doc__)
        return 2
    try:
        set_up()
    except SetupError as error:
        say(str(error))
        return 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
