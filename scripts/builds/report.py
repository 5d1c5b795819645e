"""One line for each thing that was checked, as it comes."""


class Report:
    def __init__(self):
        self.passed, self.failures, self.sizes = 0, [], []

    def check(self, name, succeeded, why=""):
        """`why` says what was found in place of what is wanted."""
        if succeeded:
            self.passed += 1
            print(f"ok      {name}", flush=True)
        else:
            self.failures.append(name)
            print(f"FAILED  {name}" + (f": {why}" if why else ""), flush=True)
        return succeeded

    def equal(self, name, found, wanted):
        return self.check(name, found == wanted, f"found {found!r}, expected {wanted!r}")

    def note(self, text):
        print(f"-       {text}", flush=True)
