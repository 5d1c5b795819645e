import Foundation
import Testing

/// What the program makes of its arguments before any command sees them.
@Suite struct ProgramArgumentsTests {
    private func program() throws -> Program {
        let program = try Program()
        try program.write(TestRecipe.good, to: "app.yaml")
        return program
    }

    /// `--image=` must not take the recipe for its value.
    @Test(arguments: [
        "emit run --line --image=", "emit compose --context=", "emit compose --gpus=", "emit bake --matrix=",
        "emit kubernetes --runtime-class=", "--cuda=", "--catalog=", "-o=", "--output=", "check -o=", "explain --base=",
        "emit compose -o x --check=", "--set=", "smoke --output=", "verify --image=", "matrix --templates=",
        "doctor --gpus=",
        "tags --cuda=", "verify --engine-option --network=", "--help=",
    ])
    func optionWithoutAValueTakesNoOther(line: String) throws {
        let program = try program()
        defer { program.remove() }
        let words = line.split(separator: " ").map(String.init)
        // What stands behind --engine-option goes to the engine as it is; --gpus is cudagen's own.
        let isPassedOn = words.contains("--engine-option")
        let result = try program.run(words + (isPassedOn ? ["--gpus="] : []) + ["app.yaml"])
        #expect(result.status == 64 && result.output.isEmpty, "\(result)")
        let wrong = isPassedOn ? "--gpus=" : words.last ?? ""
        #expect(result.errors.contains("no value behind '\(wrong)'"), "\(result.errors)")
        #expect(program.files == ["app.yaml"])
    }

    @Test func emptyTextsElsewhereAreNoOptions() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run("--set", "env.A=", "app.yaml").status == 0)
        #expect(try program.run("--set=env.A=", "app.yaml").status == 0)
        try program.write(TestRecipe.good, to: "--image=")
        #expect(try program.run("--", "--image=").status == 0)
    }

    /// The standard library reads the arguments from /proc, which a bare root does not have.
    @Test(.enabled(if: BareRoot.isPossible, "needs user namespaces"))
    func argumentsAreReadWithoutProc() throws {
        let program = try program()
        defer { program.remove() }
        for words in [["emit", "run", "--line", "app.yaml"], ["--version"], ["tags", "--image="], []] {
            let usual = try program.run(words)
            let bare = try program.run(words, through: BareRoot.command)
            #expect(
                bare.output == usual.output && bare.errors == usual.errors && bare.status == usual.status, "\(words)")
        }
        #expect(
            try program.run(["emit", "run", "--line", "app.yaml"], through: BareRoot.command).output.hasPrefix("docker")
        )
    }
}

/// Runs programs where nothing is mounted on /proc.
private enum BareRoot {
    static let command = [
        "/usr/bin/unshare", "-Urm", "/bin/sh", "-c", "mount -t tmpfs none /proc && exec \"$@\"", "sh",
    ]

    static var isPossible: Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst()) + ["/bin/sh", "-c", "test ! -e /proc/self"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
