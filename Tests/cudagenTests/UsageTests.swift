import Foundation
import Testing

/// What is asked for and can't be meant is refused, and never passed over.
@Suite struct UsageTests {
    private func check(
        _ line: String, says part: String, status: Int32 = 64, files: [String: String] = [:],
        place: SourceLocation = #_sourceLocation
    ) throws {
        let program = try Program()
        defer { program.remove() }
        for (name, text) in files { try program.write(text, to: name) }
        let result = try program.run(line.split(separator: " ").map(String.init))
        #expect(result.status == status && result.output.isEmpty, "\(line): \(result)", sourceLocation: place)
        #expect(result.errors.contains(part), "\(line): \(result.errors)", sourceLocation: place)
        #expect(program.files == files.keys.sorted(), sourceLocation: place)
    }

    @Test(arguments: [
        ("chek app.yaml", "no command, and no file, 'chek'; did you mean 'check'?"),
        ("chek", "did you mean 'check'?"), ("genrate --cuda 12.4.1", "did you mean 'generate'?"),
        ("version", "no command, and no file, 'version'"), ("help nope", "no command 'nope'"),
        ("help emit compos", "did you mean 'compose'?"), ("help chek", "did you mean 'check'?"),
    ])
    func commandThatDoesNotExistIsSaid(line: String, part: String) throws {
        try check(line, says: part, files: ["app.yaml": TestRecipe.good])
    }

    @Test func fileOfAnyNameIsARecipe() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(TestRecipe.good, to: "chek")
        #expect(try program.run("chek").status == 0)
        for line in [["help"], ["help", "check"], ["help", "emit", "compose"], ["check", "--help"]] {
            let help = try program.run(line)
            #expect(help.status == 0 && help.errors.isEmpty && help.output.contains("USAGE"), "\(line)")
        }
    }

    @Test(arguments: ["FROM nvidia/cuda:12.4.1-base-ubuntu22.04\n", "# x\nARG A=1\nFROM a:$A\nRUN a \\\n  && b: c\n"])
    func dockerfileIsToldFromARecipe(text: String) throws {
        try check("Dockerfile", says: "cudagen init", status: 2, files: ["Dockerfile": text])
        try check(
            "check Dockerfile", says: "'Dockerfile' is a Dockerfile, and no recipe", status: 2,
            files: ["Dockerfile": text])
    }

    @Test(arguments: [
        ("matrix m.yaml --source packages -o d", "--source goes with --all"),
        ("matrix m.yaml --source image -o d", "--source goes with --all"),
        ("matrix m.yaml --supported -o d", "--supported goes with --all"),
        ("matrix --all --source wheels -o d", "image"),
        ("explain 12.4.1-base-ubuntu22.04 --cuda 11.8", "--cuda"),
        ("explain 12.4.1-base-ubuntu22.04 --flavor devel", "--flavor"),
        ("explain 12.4.1-base-ubuntu22.04 --os ubi9", "--os"),
        ("explain 12.4.1-base-ubuntu22.04 --cudnn true", "--cudnn"),
        ("explain 12.4.1-base-ubuntu22.04 --set name=a", "--set"),
        ("explain 12.4.1-base-ubuntu22.04 --frozen", "--frozen"),
        ("explain 12.4.1-base-ubuntu22.04 --air-gap", "--air-gap"),
        ("explain 12.4.1-base-ubuntu22.04 --lock x", "--lock"),
        ("explain 12.4.1-base-ubuntu22.04 --source packages --base debian:12", "--base"),
        ("explain 12.4.1-base-ubuntu22.04 --repository-mirror https://example.com/a", "--repository-mirror"),
        ("doctor 12.4.1-base-ubuntu22.04 --cuda 11.8", "--cuda"),
        ("doctor 12.4.1-base-ubuntu22.04 --set name=a", "--set"),
        ("tags --timeout 3", "--timeout goes with --online"),
        ("tags --plain-http localhost:5000", "--plain-http goes with"),
        ("emit bake --folder out m.yaml", "--folder goes with --matrix"),
        ("emit ci --folder out m.yaml", "--folder goes"),
        ("--platform linux/arm64,arm64", "'linux/arm64' is there twice"),
        ("explain --templates d m.yaml", "--templates"), ("lock --templates d m.yaml", "--templates"),
        ("emit compose --templates d m.yaml", "--templates"), ("doctor --templates d m.yaml", "--templates"),
        ("resolve --torch 2.4 --source packages", "image"), ("--cudnn yes", "yes"),
        ("--os Ubuntu22.04", "did you mean 'ubuntu22.04'?"),
        ("check", "Name a recipe"),
    ])
    func optionThatCountsForNothingIsRefused(line: String, part: String) throws {
        try check(line, says: part, files: ["m.yaml": TestRecipe.good])
    }

    @Test func tagTakesSourceAndPlatform() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run(
            "explain", "12.4.1-base-ubuntu22.04", "--source", "packages", "--platform", "linux/arm64")
        #expect(result.status == 0 && result.output.contains("packages  (option --source)"), "\(result)")
    }

    @Test func recipeThatLiesHereAndWasNotNamedIsSaid() throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run("check").status == 64)
        try program.write(TestRecipe.good, to: "app.yaml")
        let check = try program.run("check")
        #expect(check.status == 64 && check.errors.contains("cudagen check app.yaml"))
        let note = "cudagen: app.yaml lies here and was not named"
        for line in [[], ["explain"], ["emit", "run"], ["check", "--cuda", "12.6.3"], ["smoke", "-o", "s"]] {
            let result = try program.run(line)
            #expect(result.status == 0 && result.errors.contains(note), "\(line) \(result)")
        }
        for line in [["app.yaml"], ["explain", "app.yaml"], ["explain", "12.4.1-base-ubuntu22.04"]] {
            #expect(try !program.run(line).errors.contains(note), "\(line)")
        }
        #expect(try program.run("--format", "json", "--cuda", "12.6.3", "--os", "ubuntu24.04").errors.isEmpty)
    }

    @Test func matrixSaysWhatItLeavesOut() throws {
        let program = try Program()
        defer { program.remove() }
        let lines = [
            "cudagen-catalog 1", "[releases]", "12.9.2\tsupported", "[tags]",
            "12.9.2 ubuntu24.04\tsupported\t-\tamd64\tnames\t-\tbase",
        ]
        try program.write(lines.joined(separator: "\n") + "\n", to: "my.catalog")
        let all = ["matrix", "--all", "--catalog", "my.catalog", "-o", "dist"]
        #expect(try program.run(all).errors == "cudagen: 1 Dockerfile in dist\n")
        let packages = try program.run(all + ["--source", "packages"])
        #expect(packages.status == 0)
        #expect(packages.errors.hasSuffix("\ncudagen: left out: 1 tag of which the catalogue knows the name alone\n"))
    }

    @Test func headerOfARecipeFromStandardInputMakesTheFileAgain() throws {
        let program = try Program()
        defer { program.remove() }
        let dockerfile = try program.run("--os", "ubuntu22.04", "-", input: TestRecipe.good)
        #expect(dockerfile.output.hasPrefix("# Generated by cudagen 0.1.0 from standard input: "))
        #expect(dockerfile.output.contains("change the recipe and run this again:\n#   cudagen --os ubuntu22.04 -\n"))
        let compose = try program.run("emit", "compose", "-", input: TestRecipe.good)
        #expect(compose.output.contains("#   cudagen emit compose -\n"), "\(compose.output)")
    }

    @Test func imageWhoseTagSaysOtherwiseIsRefused() throws {
        let image = "nvidia/cuda:12.4.1-runtime-ubuntu22.04"
        for option in ["--cuda 11.8", "--os ubi9", "--flavor devel", "--cudnn 9"] {
            try check("smoke --image \(image) \(option) -o s", says: "CG0203", status: 2)
        }
        let program = try Program()
        defer { program.remove() }
        #expect(
            try program.run("smoke", "--image", image, "--cuda", "12.4", "--os", "ubuntu22.04", "-o", "s").status == 0)
    }

    @Test func completionsKnowFilesAndTheCommandWithoutAName() throws {
        let program = try Program()
        defer { program.remove() }
        func completions(_ words: String) throws -> [String] {
            let script = try program.run("--generate-completion-script", "bash")
            #expect(
                script.status == 0 && script.output.contains("complete -o default -o filenames -F _cudagen cudagen"))
            try program.write(script.output, to: "completions")
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/bash")
            shell.currentDirectoryURL = URL(fileURLWithPath: program.folder)
            shell.arguments = [
                "-c",
                """
                . ./completions; words=$1; COMP_WORDS=($words); COMP_LINE=$words; COMP_POINT=${#words}
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cudagen cudagen "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
                printf '%s\\n' "${COMPREPLY[@]}"
                """, "bash", words,
            ]
            let pipe = Pipe()
            shell.standardOutput = pipe
            shell.standardError = FileHandle.nullDevice
            try shell.run()
            let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            shell.waitUntilExit()
            return text.split(separator: "\n").map(String.init)
        }
        try program.write(TestRecipe.good, to: "app.yaml")
        #expect(try completions("cudagen --fla") == ["--flavor"])
        #expect(try completions("cudagen che") == ["check"])
        #expect(try completions("cudagen check app") == ["app.yaml"])
        #expect(try completions("cudagen check --catalog app") == ["app.yaml"])
        for shell in ["zsh", "fish"] {
            let script = try program.run("--generate-completion-script=\(shell)")
            #expect(script.status == 0 && script.output.contains("flavor"))
        }
        #expect(try program.run("--generate-completion-script", "tcsh").status == 64)
    }

    @Test func resultThatCannotBeWrittenIsNoSuccess() throws {
        let program = try Program()
        defer { program.remove() }
        for option in ["--help", "--version"] {
            let result = try program.run([option], through: ["/bin/sh", "-c", "\"$@\" > /dev/full", "sh"])
            #expect(result.status == 3, "\(option)")
        }
    }
}
