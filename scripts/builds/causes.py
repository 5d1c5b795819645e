"""Says why a build failed: one line that names the cause, from what the builder printed."""

import re

# The first rule that matches wins. Builders repeat commands in their output, so rules look for programs' own messages.
RULES = (
    (r"E: Version '(?P<version>[^']+)' for '(?P<name>[^']+)' was not found",
     "pin: no repository has {name}={version}"),
    (r"E: Unable to locate package (?P<name>\S+)", "package: no repository has {name}"),
    (r"curl: \((?P<code>6|7|28)\) (?P<text>.+)", "mirror: it does not answer: {text}"),
    (r"curl: \((?P<code>22)\) (?P<text>.+)", "mirror: it has no such file: {text}"),
    (r"curl: \((?P<code>\d+)\) (?P<text>.+)", "mirror: curl says: {text}"),
    (r"(?P<text>Hash Sum mismatch|File has unexpected size)",
     "package: it is not the one that the index names: {text}"),
    (r"Err:\d+ (?P<url>https?://\S+nvidia\S+)[^\n]*\n[^\n]*?(?P<text>Could not connect|Connection refused)",
     "mirror: {url} does not answer: {text}"),
    (r"(?P<text>SHA1 is not considered secure[^\n]*)", "key: apt does not accept it: {text}"),
    (r"expected key (?P<wanted>[0-9A-F]{40}) alone, found\n[^\n]*?[0-9A-F]{40}\s*?\n[^\n]*?(?P<further>[0-9A-F]{40})\s*?\n",
     "key: beside {wanted} the file has {further}"),
    (r"expected key (?P<wanted>[0-9A-F]{40}) alone, found\n[^\n]*?(?P<found>[0-9A-F]{40})",
     "key: the Dockerfile expects {wanted}, and it is {found}"),
    (r"Err:\d+ (?P<url>https?://\S+)[^\n]*\n(?:[^\n]*\n)*?[^\n]*?Certificate verification failed: (?P<text>[^\n]+?)\.? *(?:Could|\[|\n)",
     "certificate: the one of {url} is not trusted: {text}"),
    (r"E: The repository '(?P<url>[^']+)' (?:does not have a Release file|no longer has a Release file)",
     "mirror: there is no repository at {url}"),
    (r"Err:\d+ (?P<url>https?://\S+)[^\n]*\n(?:[^\n]*\n)*?[^\n]*?(?P<text>401 +Unauthorized)",
     "mirror: {url} wants a login: {text}"),
    (r"NO_PUBKEY (?P<key>[0-9A-F]+)|Missing key (?P<missing>[0-9A-F]+)",
     "key: the repository is signed with {key}{missing}, which is not the key that the Dockerfile trusts"),
    (r"E: The repository '(?P<url>[^']+)' is not signed", "key: the repository is not signed: {url}"),
    (r"(?:failed to compute cache key: |copier: stat: |no such file or directory: )\"?/?(?P<path>[^\"\s:]+)",
     "COPY: the build context has no {path}"),
    (r"ERROR: No matching distribution found for (?P<name>\S+)", "pip: no index has {name}"),
    (r"(?P<image>\S+): image not known|pull access denied, repository does not exist|"
     r"failed to resolve source metadata for (?P<source>\S+)", "base image: it is not there: {image}{source}"),
)


def cause(output):
    """One line."""
    for pattern, text in RULES:
        if found := re.search(pattern, output):
            return text.format(**{name: value or "" for name, value in found.groupdict().items()})
    last = [line for line in output.strip().splitlines() if line.strip()][-3:]
    return "unknown: " + " / ".join(line.strip() for line in last)
