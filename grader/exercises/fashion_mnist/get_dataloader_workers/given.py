"""Other operating systems, as far as Python says which one it runs on."""

from typing import Any

_SYSTEMS = {"win32": ("nt", "Windows"), "linux": ("posix", "Linux"), "darwin": ("posix", "Darwin")}


def on_system(here: Any, name: str, function: Any) -> Any:
    """The function, called while Python says that this is the system: what sys.platform is called there."""
    import os
    import platform
    import sys

    os_name, system = _SYSTEMS[name]

    def call(*args: Any) -> Any:
        now = {sys.platform: name, os.name: os_name, platform.system(): system}
        own = getattr(function, "__globals__", {})
        # Also where somebody has written `from sys import platform`.
        places: list[tuple[Any, str, Any]] = [
            (own, key, now[value]) for key, value in own.items() if isinstance(value, str) and value in now
        ]
        places += [
            (vars(sys), "platform", name), (vars(os), "name", os_name),
            (vars(platform), "_uname_cache", platform.uname()._replace(system=system)),
            (vars(platform), "system", lambda: system), (vars(platform), "platform", lambda *_, **__: f"{system}-0"),
        ]  # fmt: skip
        before = [(space, key, space[key]) for space, key, _ in places]
        try:
            for space, key, value in places:
                space[key] = value
            return function(*args)
        finally:
            for space, key, value in before:
                space[key] = value

    return call
