#: right book | startswith
def get_dataloader_workers(num_workers=4):
    if sys.platform.startswith('win'):
        # 0 means no additional process is used to speed up the reading of data
        return 0
    else:
        return num_workers

#: right os_name | os.name
def get_dataloader_workers(num_workers=4):
    import os
    return 0 if os.name == "nt" else num_workers

#: right by_platform | platform.system
def get_dataloader_workers(num_workers=4):
    import platform
    return num_workers * (platform.system() != "Windows")

#: right from_platform | names imported from modules
from platform import system


def get_dataloader_workers(num_workers=4):
    if system() == "Windows":
        return 0
    return num_workers

#: right from_sys | a name that holds a text
from sys import platform


def get_dataloader_workers(num_workers=4):
    return 0 if platform == "win32" else num_workers

#: right first_letters | a slice, and a list of systems
def get_dataloader_workers(num_workers=4):
    windows = sys.platform[:3] == "win" or sys.platform in ["cygwin", "msys"]
    if not windows:
        return int(num_workers)
    return 0

#: right whole_name | uname, and platform.platform
def get_dataloader_workers(num_workers=4):
    import platform as p
    if p.uname().system == "Windows" or p.platform().startswith("Windows"):
        return 0
    return num_workers

#: wrong win_in | [macos_as_windows] 'win' in 'darwin'
def get_dataloader_workers(num_workers=4):
    return 0 if 'win' in sys.platform else num_workers

#: wrong linux_alone | [macos_as_windows] nothing but Linux
def get_dataloader_workers(num_workers=4):
    if sys.platform == 'linux':
        return num_workers
    return 0

#: wrong inverted | [the_other_way_round] the two branches swapped
def get_dataloader_workers(num_workers=4):
    if sys.platform.startswith('win'):
        return num_workers
    else:
        return 0

#: wrong windows | [never_windows] no system is called windows
def get_dataloader_workers(num_workers=4):
    return 0 if sys.platform == 'windows' else num_workers

#: wrong no_question | [never_windows] the argument as it is
def get_dataloader_workers(num_workers=4):
    return num_workers

#: wrong zero | [never_any] always 0
def get_dataloader_workers(num_workers=4):
    return 0

#: wrong four | [always_four] the argument ignored
def get_dataloader_workers(num_workers=4):
    return 0 if sys.platform.startswith('win') else 4

#: wrong one | [one_on_windows] 1 instead of 0
def get_dataloader_workers(num_workers=4):
    return 1 if sys.platform.startswith('win') else num_workers

#: wrong default_0 | [other_default] another default
def get_dataloader_workers(num_workers=0):
    return 0 if sys.platform.startswith('win') else num_workers

#: wrong no_default | [other_default] no default
def get_dataloader_workers(num_workers):
    return 0 if sys.platform.startswith('win') else num_workers

#: wrong cores | [ignored_argument] as many as there are cores
def get_dataloader_workers(num_workers=4):
    import os
    return 0 if sys.platform.startswith('win') else 2 * os.cpu_count() + 1

#: wrong forgets_return | [returns_nothing] num_workers without return
def get_dataloader_workers(num_workers=4):
    if sys.platform.startswith('win'):
        num_workers = 0

#: wrong text | [wrong_container] a text
def get_dataloader_workers(num_workers=4):
    return "0" if sys.platform.startswith('win') else str(num_workers)
