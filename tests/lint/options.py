"""The options of the built program, as its --help tells them."""

import re
import subprocess
import sys


class Options:
    """flags, and environment variables: those that hold secrets are apart."""

    def __init__(self, program):
        text = subprocess.run([program, "--help"], check=True,
                              capture_output=True, text=True).stdout
        self.flags = set(re.findall(r"^ +(?:-h,)?(--[a-z-]+)", text, re.M))
        self.environment = set(re.findall(r"\(([A-Z][A-Z_]+)\)$", text, re.M))
        listed = re.search(r"from the environment alone: ([A-Z_,\s]+)\.", text)
        self.secrets = set(re.findall(r"[A-Z_]+", listed[1] if listed else ""))
        if ("--profiles-dir" not in self.flags
                or "PROFILES_DIR" not in self.environment
                or "PYROSCOPE_TOKEN" not in self.secrets):
            sys.exit("--help is not understood")

    def knows(self, variable):
        return variable in self.environment or variable in self.secrets

    def wrong_flags(self, words):
        """What is wrong with the words of a command line."""
        for word in words:
            flag = word.partition("=")[0]
            if flag.startswith("--") and flag not in self.flags:
                yield f"{flag}: no such flag"
