import Foundation
import Testing

@testable import CudaImageKit

/// Values that try to leave their place in a deployment file: carried exactly, or refused.
@Suite struct DeploymentHostileTests {
    static let words = [
        "a\n%post\n    touch /smuggled", "a\r\nb", "$HOME", "$$", "${PATH}", "$(touch x)", "`touch x`", "'", "\"", "\\",
        "a' && touch x && '", "{{ secret }}", "{{{", "${{ secrets.TOKEN }}", "%{ if true }", "${localEnv:TOKEN}", "# x",
        "a: b", "- a", "", " ", "é\u{301}", "\u{2028}", "--", "-e", "bootstrap: docker\nFrom: evil", "\n", "*", "~",
    ]

    private func deployment(_ word: String) throws -> DeploymentPlan {
        let quoted = JSONValue.string(word).compact
        return try DeploymentFixture.deployment(
            """
            image: {cuda: 12.8.1, flavor: base, os: ubuntu24.04}
            expose: [80]
            copy: [a]
            entrypoint: [recorded, \(quoted)]
            command: [first, \(quoted), end]
            healthcheck: {command: [recorded, \(quoted)]}
            """)
    }

    /// The runscript is run by a shell after Apptainer's own parser has split the file.
    @Test(arguments: words)
    func definitionFileCarriesTheEntrypoint(word: String) throws {
        let body = ApptainerDefinition(try deployment(word)).body
        let (header, sections) = Self.sections(of: body)
        #expect(sections.map(\.name) == ["runscript"], "\(body)")
        #expect(header == ["", "Bootstrap: docker-daemon", "From: app:latest", ""])
        #expect(!body.contains("{{"))
        let script = try #require(sections.first?.text).replacing("cd /app || exit\n", with: "\n")
        #expect(try RecordedRun(script, programs: ["recorded"]).calls == [["recorded", word, "first", word, "end"]])
        let own = try RecordedRun(script, arguments: ["mine"], programs: ["recorded"])
        #expect(own.calls == [["recorded", word, "mine"]])
    }

    /// A line whose first word begins with `%` starts a section (`scanDefinitionFile` of Apptainer).
    private static func sections(of text: String) -> (header: [String], sections: [(name: String, text: String)]) {
        var header: [String] = []
        var sections: [(name: String, text: String)] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let word = line.split { $0 == " " || $0 == "\t" }.first.map(String.init) ?? ""
            if word.hasPrefix("%") {
                sections.append((String(word.dropFirst()), ""))
            } else if sections.isEmpty {
                header.append(line)
            } else {
                sections[sections.count - 1].text += line + "\n"
            }
        }
        return (header, sections)
    }

    @Test(arguments: words, SlurmScript.Runtime.allCases)
    func batchScriptCarriesTheEntrypoint(word: String, runtime: SlurmScript.Runtime) throws {
        let script = try SlurmScript(try deployment(word), runtime: runtime)
        let calls = try RecordedRun(script.body, shell: "/bin/bash", programs: ["srun"]).calls
        #expect(calls.count == 1 && calls[0].suffix(5) == ["recorded", word, "first", word, "end"], "\(script.body)")
    }

    @Test(arguments: words)
    func probeCarriesTheCommand(word: String) throws {
        let manifest = try KubernetesManifest(try deployment(word)).body
        let document = try #require(manifest.firstRange(of: "---\n").map { String(manifest[..<$0.lowerBound]) })
        let root = try #require(YAMLComposer.compose(document, fileName: "a", findings: FindingList()))
        let command = Parsed(root)["spec", "template", "spec", "containers", "0", "livenessProbe", "exec", "command"]
        // The kubelet makes one `$` of two.
        #expect(command == .sequence(["recorded", word.replacing("$", with: "$$")]))
    }

    static let folders = [
        "/a b", "/a$b", "/${HOME}", "/a'b", "/a\"b", "/a\\b", "/a,b", "/a:b", "/{{x}}", "/é", "/a#b", "/*", "/a`b",
        "/$(touch x)",
    ]

    private func volume(_ folder: String) throws -> DeploymentPlan {
        let quoted = JSONValue.string(folder).compact
        return try DeploymentFixture.deployment(
            "image: {cuda: 12.8.1}\nvolumes: [\(quoted)]\nworkdir: \(quoted)\ncommand: [a]")
    }

    @Test(arguments: folders, ContainerEngine.allCases)
    func runLineCarriesVolumes(folder: String, engine: ContainerEngine) throws {
        let command = EngineCommand(try volume(folder), engine: engine)
        let name = try #require(command.deployment.volumes.first?.name)
        let mount =
            folder.contains(":")
            ? ["--mount", "type=volume,source=\(name),target=\(folder)"] : ["-v", "\(name):\(folder)"]
        let script = try RecordedRun(command.body, arguments: ["x y"], programs: [engine.rawValue]).calls
        let line = try RecordedRun(command.line, programs: [engine.rawValue]).calls
        #expect(script.count == 1 && script[0].suffix(4) == mount + ["app:latest", "x y"], "\(command.body)")
        #expect(line.count == 1 && line[0] == script[0].dropLast(), "\(command.line)")
    }

    @Test(arguments: folders)
    func composeFileCarriesVolumes(folder: String) throws {
        let deployment = try volume(folder)
        let text = ComposeFile(deployment).body
        let root = try #require(YAMLComposer.compose(text, fileName: "a", findings: FindingList()))
        let mount = Parsed(root)["services", "app", "volumes", "0"]
        let name = try #require(deployment.volumes.first?.name)
        // Compose makes one `$` of two.
        let path = folder.replacing("$", with: "$$")
        #expect((mount?["target"] ?? mount) == .scalar(folder.contains(":") ? path : "\(name):\(path)"))
    }

    @Test(arguments: folders)
    func otherFilesCarryVolumesOrRefuseThem(folder: String) throws {
        let deployment = try volume(folder)
        if folder.contains("$") {
            #expect(throws: DiagnosticError.self) { try DevContainer(deployment) }
        } else {
            let body = try DevContainer(deployment).body
            let json = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
            let mounts = try #require(json?["mounts"] as? [[String: String]])
            #expect(mounts.first?["target"] == folder)
        }
        for runtime in SlurmScript.Runtime.allCases {
            // Pyxis writes mounts into `echo "…"` of a shell, which prints a line of an fstab.
            let separators = runtime == .pyxis ? ",: \"$`\\" : ",:"
            if folder.contains(where: separators.contains) {
                #expect(throws: DiagnosticError.self) { try SlurmScript(deployment, runtime: runtime) }
                continue
            }
            let script = try SlurmScript(deployment, runtime: runtime)
            let calls = try RecordedRun(script.body, shell: "/bin/bash", programs: ["srun"]).calls
            let words = try #require(calls.first)
            if runtime == .pyxis {
                #expect(words.contains("--container-workdir=\(folder)"))
                #expect(words.contains { $0.hasPrefix("--container-mounts=") && $0.hasSuffix(":\(folder)") })
            } else {
                #expect(words.contains(folder) && words.contains { $0.hasSuffix(":\(folder)") }, "\(words)")
            }
        }
        let script = ApptainerDefinition(deployment).body
        #expect(!script.contains("{{"), "\(script)")
    }

    /// Paths of the command line, which are the only texts in these files that are not names.
    @Test(arguments: ["a b", "${{ secrets.TOKEN }}", "$TOKEN", "${IMAGE}", "%{ for x in y }", "a\"b", "a\\b", "'"])
    func pathsStayText(path: String) throws {
        let deployment = try DeploymentFixture.deployment("image: {cuda: 12.8.1}\ncommand: [a]") { options in
            options.context = ContainerPath(path)
        }
        let parse = { (text: String) in
            YAMLComposer.compose(text, fileName: "a", findings: FindingList()).map { Parsed($0) }
        }
        let github = parse(GitHubWorkflow(Pipeline(deployment)).body)
        let context = github?["jobs", "build", "steps", "4", "with", "context"]
        // The expression `${{ '${{' }}` is the text `${{`.
        #expect(context == .scalar(path.replacing("${{", with: "${{ '${{' }}")))
        let gitlab = parse(GitLabPipeline(Pipeline(deployment)).body)
        #expect(gitlab?["variables", "CONTEXT"] == .scalar(path.replacing("$", with: "$$")))
        let compose = parse(ComposeFile(deployment).body)
        #expect(compose?["services", "app", "build", "context"] == .scalar(path.replacing("$", with: "$$")))
        #expect(BakeFile(deployment).body.contains("context    = \(HCLText.quoted(path))\n"))
    }

    @Test(
        arguments: [
            ("a", "\"a\""), ("${a}", "\"\\u0024{a}\""), ("$${a}", "\"$\\u0024{a}\""), ("$a %a", "\"$a %a\""),
            ("%{ if }", "\"\\u0025{ if }\""), ("a\"\\\n\r\t\u{1}", "\"a\\\"\\\\\\n\\r\\t\\u0001\""), ("$", "\"$\""),
        ])
    func stringsOfHCLInterpolateNothing(text: String, expected: String) { #expect(HCLText.quoted(text) == expected) }
}
