import Foundation
import Testing

/// `cudagen lock` and what renders with a lock. A script stands in for curl; `scripts/check-registry` has real registries.
@Suite struct LockCommandTests {
    private static let recipe = """
        schema: 1
        name: app
        image: {cuda: 12.4.1, flavor: base, os: ubuntu22.04}

        """

    /// A folder with a recipe, and a curl that answers every request with a list for two platforms.
    private func program(_ list: String = list("a")) throws -> Program {
        var program = try Program()
        try program.write(Self.recipe, to: "app.yaml")
        try FileManager.default.createDirectory(atPath: "\(program.folder)/bin", withIntermediateDirectories: true)
        try program.write(
            """
            #!/bin/sh
            echo "$@" >> '\(program.folder)/words'
            sed -n 's/^url = "\\(.*\\)"$/\\1/p' >> '\(program.folder)/urls'
            cat '\(program.folder)/answer'

            """, to: "bin/curl")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(program.folder)/bin/curl")
        program.environment = [
            "PATH": "\(program.folder)/bin:/usr/bin:/bin", "HOME": program.folder, "DOCKER_CONFIG": program.folder,
        ]
        try answer(list, in: program)
        return program
    }

    private func answer(_ list: String, in program: Program) throws {
        try program.write(
            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.oci.image.index.v1+json\r\n\r\n\(list)", to: "answer")
    }

    private static func list(_ digit: String, _ architectures: [String] = ["amd64", "arm64"]) -> String {
        let entries = architectures.map {
            #"{"digest":"sha256:\#(String(repeating: digit, count: 64))","size":1,"platform":{"os":"linux","architecture":"\#($0)"}}"#
        }
        return #"{"schemaVersion":2,"manifests":[\#(entries.joined(separator: ","))]}"#
    }

    private func digest(in program: Program) throws -> String {
        let lock = try #require(program.read("cudagen.lock"))
        return String(try #require(lock.firstMatch(of: #/digest: "(sha256:[0-9a-f]{64})"/#)).1)
    }

    @Test func lockIsWrittenBesideTheRecipeAndPins() throws {
        let program = try program()
        defer { program.remove() }
        let result = try program.run("lock", "app.yaml")
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        #expect(
            program.read("urls")
                == "https://registry-1.docker.io/v2/nvidia/cuda/manifests/12.4.1-base-ubuntu22.04\n")
        #expect(program.read("words") == "--disable --config -\n")
        let text = try #require(program.read("cudagen.lock"))
        #expect(
            text.contains("reference: \"nvidia/cuda:12.4.1-base-ubuntu22.04\"") && text.contains("recipes: [app.yaml]"))
        let line = "FROM nvidia/cuda:12.4.1-base-ubuntu22.04@\(try digest(in: program))\n"
        #expect(try program.run("--frozen", "app.yaml").output.contains(line))
        #expect(try program.run("lock", "--update", "app.yaml").status == 0)
        #expect(program.read("cudagen.lock") == text)
        for words in [["check"], ["explain"], ["emit", "compose"], ["emit", "ci"]] {
            let result = try program.run(words + ["--frozen", "app.yaml"])
            #expect(result.status == 0, "\(words) \(result.errors)")
        }
        let without = try program.run("--no-lock", "app.yaml").output
        #expect(
            without.contains("FROM nvidia/cuda:12.4.1-base-ubuntu22.04\n")
                && without.contains("cudagen --no-lock app.yaml"))
    }

    /// A program that first prints more than a pipe holds, and is then told more than a pipe holds, waits for nobody.
    @Test(.timeLimit(.minutes(10))) func curlThatTalksBeforeItListensIsHeard() throws {
        let program = try program()
        defer { program.remove() }
        let login = Data(("user:" + String(repeating: "x", count: 200_000)).utf8).base64EncodedString()
        try program.write(#"{"auths": {"https://index.docker.io/v1/": {"auth": "\#(login)"}}}"#, to: "config.json")
        try program.write(
            """
            #!/bin/sh
            head -c 200000 /dev/zero | tr '\\0' x >&2
            if grep -qi '^header = "authorization: basic'
            then cat '\(program.folder)/answer'
            else printf 'HTTP/1.1 401 Unauthorized\\r\\nWWW-Authenticate: Basic realm="x"\\r\\n\\r\\n'
            fi

            """, to: "bin/curl")
        let result = try program.run("lock", "app.yaml")
        #expect(result.status == 0, "\(result.errors.suffix(300))")
    }

    @Test func checkSaysWhatTheRegistryHas() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run("lock", "--check", "app.yaml").status == 2, "there is no lock")
        #expect(try program.run("lock", "app.yaml").status == 0)
        #expect(try program.run("lock", "--check", "app.yaml").status == 0)
        let locked = try digest(in: program)
        let before = program.files
        try answer(Self.list("b"), in: program)
        let moved = try program.run("lock", "--check", "app.yaml")
        #expect(moved.status == 1 && moved.output.contains("locked    \(locked)"), "\(moved.output)\(moved.errors)")
        let json = try program.run("lock", "--check", "--format", "json", "app.yaml").json()
        let differences = try #require(json["differences"] as? [[String: Any]])
        #expect(differences.map { $0["kind"] as? String } == ["changed"])
        #expect(try digest(in: program) == locked && program.files == before, "nothing is written")
        #expect(try program.run("lock", "app.yaml").status == 0)
        #expect(try digest(in: program) == locked, "what is locked stays")
        #expect(try program.run("lock", "--update", "app.yaml").status == 0)
        #expect(try digest(in: program) != locked)
    }

    @Test func frozenWantsEverything() throws {
        let program = try program(Self.list("a", ["amd64"]))
        defer { program.remove() }
        let missing = try program.run("--frozen", "app.yaml")
        #expect(
            missing.status == 2 && missing.output.isEmpty && missing.errors.contains("error[CG0701]: there is no lock"))
        #expect(try program.run("lock", "app.yaml").status == 0)
        let platform = try program.run("--frozen", "--platform", "linux/arm64", "app.yaml")
        #expect(
            platform.status == 2 && platform.errors.contains("'cudagen.lock' has no linux/arm64 of"),
            "\(platform.errors)")
        let stale = try program.run("--frozen", "--flavor", "devel", "app.yaml")
        #expect(
            stale.status == 2
                && stale.errors.contains("error[CG0702]: 'nvidia/cuda:12.4.1-devel-ubuntu22.04' is not in"))
        #expect(try program.run("--flavor", "devel", "app.yaml").errors.contains("warning[CG0702]"))
        let both = try program.run("lock", "--platform", "linux/amd64,linux/arm64", "app.yaml")
        #expect(
            both.status == 2 && both.errors.contains("error[CG0715]")
                && both.errors.contains("the list has linux/amd64"))
        let text = try #require(program.read("cudagen.lock"))
        try program.write(text.replacingOccurrences(of: "aaaa", with: "bbbb"), to: "cudagen.lock")
        let edited = try program.run("--frozen", "app.yaml")
        #expect(
            edited.status == 2 && edited.errors.contains("error[CG0703]") && edited.errors.contains("'cudagen.lock'"))
        try program.write(
            text.replacingOccurrences(of: "digest: \"sha256:", with: "digest: \"sha256:xyz"), to: "cudagen.lock")
        let broken = try program.run("--frozen", "app.yaml")
        #expect(
            broken.status == 2 && broken.errors.contains("digest: \"sha256:xyz"), "the line is shown: \(broken.errors)")
    }

    @Test func smokeTestsImageIsLockedOnDemand() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run("lock", "app.yaml").status == 0)
        let without = try program.run("smoke", "--frozen", "app.yaml", "-o", "smoke")
        #expect(without.status == 2 && without.errors.contains("cudagen lock --smoke"), "\(without.errors)")
        #expect(try program.run("lock", "--smoke", "app.yaml").status == 0)
        #expect(try program.run("smoke", "--frozen", "app.yaml", "-o", "smoke").status == 0)
        let file = try #require(program.read("smoke/Dockerfile"))
        #expect(file.contains(#/FROM docker.io\/nvidia\/cuda:12.4.1-devel-ubuntu22.04@sha256:[0-9a-f]{64} AS/#))
    }

    @Test func nothingIsWrittenIfSomethingIsWrong() throws {
        let program = try program()
        defer { program.remove() }
        try program.write(TestRecipe.unknownKey, to: "bad.yaml")
        #expect(try program.run("lock", "app.yaml", "bad.yaml").status == 2)
        #expect(program.read("cudagen.lock") == nil && program.read("urls") == nil)
        try program.write("HTTP/1.1 404 Not Found\r\n\r\n", to: "answer")
        let gone = try program.run("lock", "app.yaml")
        #expect(gone.status == 2 && gone.errors.contains("error[CG0713]") && program.read("cudagen.lock") == nil)
        try program.write("#!/bin/sh\necho 'curl: (60) SSL certificate problem' >&2\nexit 60\n", to: "bin/curl")
        let refused = try program.run("lock", "app.yaml")
        #expect(
            refused.status == 3 && refused.errors.contains("note: curl: (60) SSL certificate problem"),
            "\(refused.errors)")
        try program.write("a text of somebody else\n", to: "cudagen.lock")
        #expect(try program.run("lock", "app.yaml").errors.contains("CG0501"))
    }

    @Test(arguments: [
        ["lock"], ["lock", "-"], ["lock", "a/app.yaml", "b/app.yaml"], ["lock", "--matrix", "m.yaml", "app.yaml"],
        ["lock", "--matrix", "m.yaml", "--cuda", "12"], ["lock", "--check", "--update", "app.yaml"],
        ["lock", "--timeout", "0", "app.yaml"], ["lock", "--plain-http", "a b", "app.yaml"],
        ["lock", "--ca-file", "nothing.crt", "app.yaml"], ["--no-lock", "--frozen", "app.yaml"],
        ["matrix", "--all", "--frozen", "-o", "x"], ["tags", "--registry", "nvcr.io"],
        ["tags", "--online", "--platform", "linux/arm64"], ["tags", "--online", "--registry", "A b"],
    ])
    func wrongUsageIsToldApart(words: [String]) throws {
        let program = try program()
        defer { program.remove() }
        let result = try program.run(words)
        #expect(result.status == 64, "\(words): \(result.errors)")
        #expect(program.read("urls") == nil)
    }

    @Test func lockMayHaveAnotherPlace() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run(["lock", "--lock", "x.lock", "-"], input: Self.recipe).status == 0)
        #expect(program.read("x.lock")?.contains("recipes: [\"-\"]") == true, "\(program.read("x.lock") ?? "")")
        let result = try program.run(["--lock", "x.lock", "--frozen", "-"], input: Self.recipe)
        #expect(
            result.status == 0 && result.output.contains("@sha256:") && result.output.contains("cudagen --lock x.lock"))
        #expect(try program.run("--lock", "nothing.lock", "app.yaml").status == 2)
    }

    /// Recipes of one name in several folders are different ones to a lock.
    @Test func oneLockMayBeOfSeveralFolders() throws {
        let program = try program()
        defer { program.remove() }
        for folder in ["one", "two", "locks"] {
            try FileManager.default.createDirectory(
                atPath: "\(program.folder)/\(folder)", withIntermediateDirectories: true)
        }
        try program.write(Self.recipe, to: "one/app.yaml")
        try program.write(Self.recipe.replacingOccurrences(of: "base", with: "runtime"), to: "two/app.yaml")
        let words = ["lock", "--lock", "locks/all.lock"]
        #expect(try program.run(words + ["one/app.yaml", "./two/app.yaml"]).status == 0)
        #expect(try program.run(words + ["-"], input: Self.recipe).status == 0)
        #expect(try program.run(words + ["\(program.folder)/two/app.yaml"]).status == 0)
        let text = try #require(program.read("locks/all.lock"))
        #expect(text.contains("recipes: [\"-\", ../one/app.yaml]"), "\(text)")
        #expect(text.contains("recipes: [../two/app.yaml]"), "\(text)")
        for recipe in ["one/app.yaml", "two/app.yaml"] {
            #expect(try program.run("--lock", "locks/all.lock", "--frozen", recipe).status == 0)
        }
        try FileManager.default.removeItem(atPath: "\(program.folder)/two/app.yaml")
        #expect(try program.run(words + ["one/app.yaml"]).status == 0)
        #expect(program.read("locks/all.lock")?.contains("two") == false)
    }

    @Test func matrixIsLockedForTheSmokeTest() throws {
        let program = try program()
        defer { program.remove() }
        try program.write("recipe: app.yaml\nmatrix: {cuda: [12.4.1, 12.6.3]}\n", to: "m.yaml")
        #expect(try program.run("lock", "--matrix", "m.yaml").status == 0)
        #expect(program.read("cudagen.lock")?.contains("devel") == false)
        #expect(try program.run("lock", "--smoke", "--matrix", "m.yaml").status == 0)
        let text = try #require(program.read("cudagen.lock"))
        for release in ["12.4.1", "12.6.3"] {
            #expect(text.contains("docker.io/nvidia/cuda:\(release)-devel-ubuntu22.04"), "\(text)")
        }
        try program.write(Self.recipe + "smoke: {command: [\"true\"]}\n", to: "app.yaml")
        try FileManager.default.removeItem(atPath: "\(program.folder)/cudagen.lock")
        #expect(try program.run("lock", "--matrix", "m.yaml").status == 0)
        #expect(program.read("cudagen.lock")?.contains("12.6.3-devel") == true)
    }

    @Test func locksThatVersionControlChangedAreToldApart() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run("lock", "app.yaml").status == 0)
        let text = try #require(program.read("cudagen.lock"))
        try program.write(text.replacingOccurrences(of: "\n", with: "\r\n"), to: "cudagen.lock")
        let windows = try program.run("--frozen", "app.yaml")
        #expect(windows.status == 0 && windows.errors.isEmpty, "\(windows.errors)")
        #expect(try program.run("lock", "--update", "app.yaml").status == 0)
        try program.write(
            text.replacingOccurrences(of: "images:", with: "images:\n<<<<<<< HEAD\n=======\n>>>>>>> x"),
            to: "cudagen.lock")
        let conflict = try program.run("app.yaml")
        #expect(
            conflict.status == 2 && conflict.errors.contains("cudagen.lock:7:1: error[CG0101]"), "\(conflict.errors)")
        #expect(conflict.errors.contains("has the marks of a merge conflict"))
        #expect(conflict.errors.contains("help: write it anew from the recipes: 'cudagen lock --force RECIPE'"))
        #expect(try program.run("lock", "--force", "app.yaml").status == 0)
        #expect(try program.run("--frozen", "app.yaml").status == 0)
    }

    @Test func whatIsNoLockIsSaid() throws {
        let program = try program()
        defer { program.remove() }
        try program.write(String(repeating: "# a comment\n", count: 100_000), to: "large.lock")
        let large = try program.run("--lock", "large.lock", "app.yaml").errors
        #expect(
            large.contains("is larger than a lock may be (1 MiB)") && !large.contains("recipe (app.yaml)"), "\(large)")
        let folder = try program.run("--lock", "bin", "app.yaml").errors
        #expect(folder.contains("name the file in it, such as cudagen.lock"), "\(folder)")
        let device = try program.run("--lock", "/dev/null", "app.yaml").errors
        #expect(device.contains("is not a regular file") && !device.contains("standard input"), "\(device)")
        let named = try program.run("--lock", "my lock", "app.yaml").errors
        #expect(named.contains("'cudagen lock --lock 'my lock' app.yaml'"), "\(named)")
    }

    @Test func tagsAreComparedWithTheRegistry() throws {
        let program = try program()
        defer { program.remove() }
        try program.write(
            "HTTP/1.1 200 OK\r\n\r\n{\"tags\":[\"12.4.1-base-ubuntu22.04\",\"99.0.0-base-ubuntu22.04\"]}", to: "answer")
        let query = ["tags", "--online", "--flavor", "base", "--os", "ubuntu22.04", "--format", "plain"]
        #expect(try program.run(query + ["--cuda", "12.4.1"]).status == 0)
        let result = try program.run(query + ["--registry", "mirror.example.com/hub"])
        #expect(result.status == 1 && result.output.hasPrefix("+99.0.0-base-ubuntu22.04\n-"), "\(result.errors)")
        #expect(
            program.read("urls")?.hasSuffix("https://mirror.example.com/v2/hub/nvidia/cuda/tags/list?n=1000\n") == true)
    }
}
