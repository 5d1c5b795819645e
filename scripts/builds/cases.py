"""The builds, and what is asked of the images."""

import json
import re
import time

from builds import layers
from builds.server import MIRROR
from builds.workshop import CASES

NOWHERE = "127.255.255.254"  # nobody listens there

LISTED = ("libcudart.so.12", "libnvrtc.so.12", "libnvToolsExt.so.1")
# What must not move though the repository has newer revisions. NVIDIA pins or holds neither compat nor NVRTC: in the
# image they are of the day that it was built, and stay so.
HELD = {"cuda-cudart-12-4": "12.4.127-1", "libcublas-12-4": "12.4.5.8-1", "libnccl2": "2.21.5-1+cuda12.4"}


class Cases:
    def __init__(self, workshop, engine, report):
        self.shop, self.engine, self.report = workshop, engine, report

    def run(self):
        if not self.stand_ins():
            return
        # From here on the repository has newer revisions: pins and holds have to keep them away.
        self.shop.server.state = "tomorrow"
        self.service()
        self.toolkit()
        self.kernel()
        self.mirrored()
        if self.engine.name == "docker":
            self.mirrored_rpm()
        self.two_platforms()
        if self.shop.is_big:
            self.example()

    def say(self, name):
        return f"{self.engine.name}: {name}"

    def check(self, name, succeeded, why=""):
        return self.report.check(self.say(name), succeeded, why)

    def equal(self, name, found, wanted):
        return self.report.equal(self.say(name), found, wanted)

    def build(self, name, *arguments, recipe=None, tag=None, files=(), **options):
        """Generates and builds; returns the context if that worked."""
        context, is_same = self.shop.generate(name, *arguments, recipe=recipe, files=files)
        self.check(f"{name}: the file is the one that users get, but for the key", is_same)
        build = self.shop.build(self.engine, context, tag or name, **options)
        if not self.check(f"{name}: builds ({build.seconds:.0f} s)", build.succeeded, build.cause):
            print("\n".join("        " + line for line in build.output.splitlines()[-40:]))
            return None
        return context

    # MARK: what the rest stands on

    def stand_ins(self):
        """Debian from debootstrap, once more by Ubuntu's name; NVIDIA's images from generated files."""
        self.shop.server.state = "today"
        for suite, tag in (("bookworm", "debian:12"), ("trixie", "debian:13")):
            build = self.engine.build(self.shop.base_contexts[suite], tag)
            if not self.check(f"stand-in {tag} ({build.seconds:.0f} s)", build.succeeded, build.output[-1000:]):
                return False
        self.engine.tag("debian:12", "ubuntu:22.04")
        self.base_layers = layers.count(self.engine, "debian:12")
        for flavor in ("base", "runtime", "devel"):
            options = ("--cuda", "12.4.1", "--os", "ubuntu22.04", "--source", "packages", "--flavor", flavor)
            if not self.build(f"ubuntu-{flavor}", *options):
                return False
            self.engine.tag(f"ubuntu-{flavor}", f"nvidia/cuda:12.4.1-{flavor}-ubuntu22.04")
        return True

    # MARK: an application on an official image

    def service(self):
        recipe = CASES / "service" / "app.yaml"
        context = self.build("service", recipe=recipe, arguments={"REVISION": "r7"})
        if not context:
            return
        self.service_configuration()
        self.service_facts()
        self.versions("service", HELD | {"cuda-compat-12-4": "550.54.15-1", "cuda-nvrtc-12-4": "12.4.127-1"})
        self.layers("service")
        if self.engine.name == "docker":
            self.life()
        self.rebuild(context)

    def service_configuration(self):
        found = self.engine.configuration("service")
        environment = dict(variable.split("=", 1) for variable in found["Env"])
        self.equal("service: user", found["User"], "10001:10001")
        self.equal("service: entrypoint and command", (found["Entrypoint"], found["Cmd"]),
                   (["python3", "service.py"], ["--port", "8080"]))
        self.equal("service: stop signal", found.get("StopSignal"), "SIGINT")
        self.equal("service: volumes", list(found.get("Volumes") or ()), ["/var/lib/service"])
        self.equal("service: ports", list(found.get("ExposedPorts") or ()), ["8080/tcp"])
        self.equal("service: labels", [found["Labels"][name] for name in (
            "org.opencontainers.image.title", "org.example.motto")], ["build-service", 'a "b" $c'])
        self.check("service: health check", (found.get("Healthcheck") or {}).get("Test", [None])[0] == "CMD")
        self.equal("service: NVIDIA's variables", {name: environment.get(name) for name in (
            "NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES", "CUDA_VERSION")}, {
                "NVIDIA_VISIBLE_DEVICES": "all", "NVIDIA_DRIVER_CAPABILITIES": "compute,utility,video",
                "CUDA_VERSION": "12.4.1"})
        self.check("service: NVIDIA_REQUIRE_CUDA", environment.get("NVIDIA_REQUIRE_CUDA", "").startswith("cuda>=12.4 "))

    def service_facts(self):
        facts = self.facts("service", "--once")
        if not facts:
            return
        environment = facts["environment"]
        self.equal("service: starts as", (facts["uid"], facts["gid"], facts["folder"]), (10001, 10001, "/app"))
        self.equal("service: its own environment of Python", facts["python"], "/opt/venv")
        self.equal("service: packages", facts["packages"], ["8.1.8", "24.2"])
        self.equal("service: hostile text in a variable", environment.get("GREETING"),
                   "it's $5, \"quoted\" \\ and `done`")
        self.equal("service: a build argument as a variable", environment.get("REVISION"), "r7")
        self.check("service: PATH is extended", environment["PATH"].startswith("/opt/tools/bin:/opt/venv/bin:")
                   and "/usr/local/cuda/bin" in environment["PATH"], environment["PATH"])
        self.equal("service: CUDA's runtime is found", facts["runtime"], 12040)
        # Without a GPU the runtime says so; that it does, proves that a program linked in the build stage found it.
        self.check("service: the program of the build stage runs",
                   re.fullmatch(r"12040 cudaError(InsufficientDriver|NoDevice)\n", facts["devices"]), facts["devices"])
        self.equal("service: a command of several lines", facts["lines"], ["one 'line'", "$HOME is not expanded"])
        self.equal("service: owners of copied files", facts["owners"], [10001, 0])
        self.libraries("service", ("libcudart.so.12",))

    def life(self):
        """Docker alone can keep a container: health, and the signal that stops it."""
        engine = self.engine
        container = engine.call("run", "--detach", "--network", "none", "service").stdout.strip()
        state, deadline = "", time.monotonic() + 30
        while time.monotonic() < deadline and state != "healthy":
            state = engine.call("inspect", "--format", "{{.State.Health.Status}}", container).stdout.strip()
            time.sleep(0.5)
        self.equal("service: becomes healthy", state, "healthy")
        processes = engine.call("top", container, "-eo", "pid,uid").stdout.splitlines()[1:]
        self.equal("service: no process is root's", {line.split()[1] for line in processes}, {"10001"})
        start = time.monotonic()
        engine.call("stop", "--time", "20", container)
        seconds = time.monotonic() - start
        code = engine.call("inspect", "--format", "{{.State.ExitCode}}", container).stdout.strip()
        self.equal("service: stops by its signal", (code, engine.call("logs", container).stdout.splitlines()[-1]),
                   ("0", "stopped by SIGINT"))
        self.check("service: stops at once", seconds < 10, f"after {seconds:.0f} s")
        engine.call("rm", "--volumes", container)

    def rebuild(self, context):
        """After a change of the source all that is before it comes from the cache."""
        with (context / "service.py").open("a", encoding="utf-8") as source:
            source.write("# changed\n")
        build = self.shop.build(self.engine, context, "service-again", arguments={"REVISION": "r7"})
        name = f"service: builds again after a change ({build.seconds:.0f} s)"
        if not self.check(name, build.succeeded, build.cause):
            return
        runs = [(step, cached) for step, cached in build.steps if step.startswith(("RUN", "COPY"))]
        missed = [step[:60] for step, cached in runs if not cached and re.search(
            "pip install|venv|groupadd|python3-venv|g\\+\\+|requirements", step) and "service.py" not in step]
        self.check("service: dependencies come from the cache", runs and not missed, "; ".join(missed))
        changed = [cached for step, cached in runs if step.startswith("COPY service.py")]
        self.equal("service: the source is copied anew", changed, [False])

    # MARK: NVIDIA's packages on a base of one's own

    def toolkit(self):
        if not self.build("toolkit", recipe=CASES / "toolkit" / "app.yaml"):
            return
        if facts := self.facts("toolkit"):
            self.equal("toolkit: starts as", (facts["uid"], facts["gid"], facts["name"]), (20001, 20002, "worker"))
            self.equal("toolkit: uv's package", (facts["python"], facts["click"]), ("/opt/venv", "8.1.8"))
            self.equal("toolkit: CUDA's runtime is found", facts["runtime"], 12040)
            self.equal("toolkit: NVRTC compiles a kernel", (facts["nvrtc"], facts["entry"]), (0, True))
            self.equal("toolkit: variables of the packages", facts["environment"].get("NCCL_VERSION"), "2.21.5-1")
        self.libraries("toolkit", LISTED + (("libcublas.so.12", "libnccl.so.2") if self.shop.is_big else ()))
        self.versions("toolkit", HELD | {"cuda-compat-12-4": "550.54.15-2", "cuda-nvrtc-12-4": "12.4.127-2"})
        self.layers("toolkit")

    def kernel(self):
        if not self.build("kernel", recipe=CASES / "kernel" / "app.yaml"):
            return
        result = self.engine.run("kernel")
        self.check("kernel: what nvcc compiled runs on the base flavor",
                   re.fullmatch(r"13000 cudaError(InsufficientDriver|NoDevice)\n", result.stdout),
                   result.stdout + result.stderr)
        compiler = self.engine.run("kernel", "-c", "command -v nvcc g++", entrypoint="sh").stdout
        self.equal("kernel: the compiler stays in its stage", compiler, "")
        verifier = self.engine.run("kernel", "-c", "command -v sqv gpgv", entrypoint="sh").stdout.split()
        self.equal("kernel: Debian 13 verifies with", verifier[:1], ["/usr/bin/sqv"])
        self.layers("kernel")

    # MARK: everything from a site's mirrors

    def mirrored(self):
        """No host that an image usually comes from can be reached: what is not asked of the mirrors fails."""
        base = "registry.example.com/hub/debian:12"
        build = self.engine.build(self.shop.official_base, base)
        if not self.check(f"stand-in {base} ({build.seconds:.0f} s)", build.succeeded, build.output[-1000:]):
            return
        self.planted("a mirror without the repository", r"^mirror: there is no repository at https://mirror\.example\.com/nowhere/",
                     "mirrors.nvidia=https://mirror.example.com/nowhere")
        self.planted("another key than the one that was named", r"^key: the Dockerfile expects F{40}, and it is [0-9A-F]{40}$",
                     "mirrors.nvidia-key.fingerprint=" + "F" * 40)
        self.planted("no certificate of the mirror's authority", r"^certificate: the one of https://mirror\.example\.com/debian",
                     "mirrors.certificates=[]")
        files, options = self.shop.site_files()
        context = self.build("mirrored", *options, recipe=CASES / "mirrored" / "app.yaml", files=files, **self.nowhere())
        if not context:
            return
        if facts := self.facts("mirrored"):
            self.equal("mirrored: CUDA's runtime is found", facts["runtime"], 12040)
            self.equal("mirrored: Python's package", (facts["click"], len(facts["downloaded"])), ("8.1.8", 1))
            self.equal("mirrored: hosts of apt's sources", facts["hosts"], [MIRROR])
            self.check("mirrored: the image trusts the site's authority", facts["trusts"])
            leaked = [name for name in facts["environment"] if "proxy" in name.lower() or name in (
                "PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")]
            self.equal("mirrored: nothing of the build is in the environment", leaked, [])
        self.layers("mirrored", {"the mirror's password": self.shop.site_password})

    def mirrored_rpm(self):
        """The same with dnf, which Debian has, too: NVIDIA's packages for Red Hat 9 from a mirror, hollow ones."""
        base = "registry.example.com/rockylinux:9"
        build = self.shop.build(self.engine, self.shop.rpm_base, base)
        if not self.check(f"stand-in {base} ({build.seconds:.0f} s)", build.succeeded, build.output[-1000:]):
            return
        files, options = self.shop.site_files()
        context = self.build("mirrored-rpm", *options, recipe=CASES / "mirrored-rpm" / "app.yaml", files=files, **self.nowhere())
        if not context:
            return
        found = self.engine.run("mirrored-rpm", "-qa", "--queryformat", "%{NAME}-%{VERSION}-%{RELEASE}\n", "cuda*", entrypoint="rpm")
        self.equal("mirrored-rpm: what dnf installed", sorted(found.stdout.split()),
                   ["cuda-compat-12-6-560.35.05-1", "cuda-cudart-12-6-12.6.77-1"])
        self.layers("mirrored-rpm", {"the mirror's password": self.shop.site_password})

    def nowhere(self):
        """Options under which only the mirror has an address: what the base names for Debian is no host at all."""
        options = ["--add-host", f"{MIRROR}:{self.shop.site_server.address}"]
        return {"address": NOWHERE, "options": options}

    def planted(self, name, cause, setting):
        """A mistake in what the recipe says of the mirrors ends the build with its cause."""
        files, options = self.shop.site_files()
        context, _ = self.shop.generate("mirrored", *options, "--set", setting, recipe=CASES / "mirrored" / "app.yaml", files=files)
        build = self.shop.build(self.engine, context, "faulty", **self.nowhere())
        self.check(f"mirrored: {name} is said ({build.seconds:.0f} s)", not build.succeeded and re.search(cause, build.cause),
                   "the build succeeded" if build.succeeded else build.cause)

    def two_platforms(self):
        """The file for two platforms builds for this one."""
        self.build("two-platforms", "--cuda", "12.4.1", "--os", "ubuntu22.04", "--source", "packages",
                   "--flavor", "base", "--platform", "linux/amd64,linux/arm64")

    def example(self):
        """A shipped example with its whole libraries: cuBLAS, NCCL, CuPy."""
        recipe = self.shop.example("manual-debian")
        if self.build("manual-debian", recipe=recipe):
            # CuPy has a runtime of its own; NVRTC and cuBLAS are the image's.
            program = "from cupy_backends.cuda.libs import cublas, nvrtc; print(nvrtc.getVersion())"
            result = self.engine.run("manual-debian", "-c", program, entrypoint="python3")
            self.check("manual-debian: CuPy loads NVRTC 12.4 and cuBLAS", result.stdout == "(12, 4)\n",
                       result.stdout + result.stderr[-500:])
            self.layers("manual-debian")

    # MARK: what every image is asked

    def facts(self, image, *words):
        """What the image's own program prints as it starts."""
        result = self.engine.run(image, *words)
        try:
            found = json.loads(result.stdout.splitlines()[0])
        except (ValueError, IndexError):
            found = None
        self.check(f"{image}: starts", found, (result.stdout + result.stderr)[-1000:])
        return found

    def libraries(self, image, names):
        cache = self.engine.run(image, "-p", entrypoint="/sbin/ldconfig").stdout
        missing = [name for name in names if f"\t{name} (" not in cache]
        self.check(f"{image}: the linker knows {', '.join(names)}", not missing, f"not {', '.join(missing)}")

    def versions(self, image, wanted):
        """The system's packages were upgraded, CUDA's were not, though the repository has newer ones."""
        names = " ".join(sorted(wanted))
        query = f"dpkg-query -W -f '${{Package}} ${{Version}}\\n' {names}; echo; apt-mark showhold"
        text = self.engine.run(image, "-c", query, entrypoint="sh").stdout
        versions, _, holds = text.partition("\n\n")
        self.equal(f"{image}: CUDA's versions after apt-get upgrade",
                   dict(line.split() for line in versions.splitlines()), wanted)
        loose = set(wanted) - set(holds.split())
        self.check(f"{image}: CUDA's packages are held", not loose, ", ".join(sorted(loose)))

    def layers(self, image, more=None):
        findings, sizes = layers.scan(self.engine, image, self.base_layers, {"token": self.shop.secret} | (more or {}))
        name = f"{image}: no list, cache or secret in its {len(sizes)} layers"
        self.check(name, not findings, "; ".join(findings[:10]))
        self.report.sizes.append((self.say(image), sizes))
