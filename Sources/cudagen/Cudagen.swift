import ArgumentParser
import CudaImageKit

@main
struct Cudagen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cudagen",
        abstract: "Dockerfiles for programs that run on NVIDIA GPUs, checked before they are built.",
        usage: "cudagen [generate] [<options>] [<recipe>]\n       cudagen <subcommand>",
        discussion: """
            Without a subcommand, cudagen generates a Dockerfile:

              cudagen --flavor runtime --cuda 11.4.0 --os ubuntu20.04 app.yaml > Dockerfile
              cudagen -o Dockerfile app.yaml
              cudagen --cuda 12.4 --os ubuntu22.04 --source packages
              cudagen check -o Dockerfile app.yaml
              cudagen tags --cuda 12 --flavor runtime --os ubuntu22.04 --supported
              cudagen resolve --torch 2.4 --driver 535.104.05 --gpu A100
              cudagen init
              cudagen verify app.yaml
              cudagen lock app.yaml
              cudagen emit compose -o compose.yaml app.yaml
              cudagen doctor app.yaml
              cudagen schema -o recipe.schema.json

            Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 the answer is no (a \
            difference, nothing found); 2 invalid recipe or impossible request; 3 the environment lacks something; 10 to 20 \
            the smoke test of 'verify' failed, each number in its own way; 64 wrong usage.

            Environment: CUDAGEN_CATALOG names a catalogue, as --catalog does; NO_COLOR switches colour off.
            """,
        version: Generator.version,
        subcommands: [
            Generate.self,
            Check.self,
            Explain.self,
            Tags.self,
            Resolve.self,
            Init.self,
            MatrixCommand.self,
            LockCommand.self,
            Smoke.self,
            Verify.self,
            Emit.self,
            Doctor.self,
            HostCommand.self,
            CatalogCommand.self,
            TemplatesCommand.self,
            Schema.self,
        ],
        defaultSubcommand: Generate.self
    )

    static func main() {
        guard let words = ProcessArguments.words else {
            Terminal.warn("cudagen: the arguments can't be read: mount /proc\n")
            exit(withError: ExitCode.environment)
        }
        if let word = ProcessArguments.withoutValue(words) {
            exit(withError: ValidationError("There is no value behind '\(word)'."))
        }
        if let script = Completions.script(for: words) { return Terminal.write(script) }
        do {
            try checkCommand(words)
            var command = try parseAsRoot(words)
            try command.run()
        } catch  where exitCode(for: error) == .success {
            // Help and version are results like others: that nobody could write them is no success.
            Terminal.write(fullMessage(for: error) + "\n")
        } catch {
            exit(withError: error)
        }
    }

    /// Refuses the name of a command that does not exist, which would be taken for a recipe.
    private static func checkCommand(_ words: [String]) throws {
        var rest = words[...]
        let asksForHelp = rest.first == "help"
        if asksForHelp { rest.removeFirst() }
        var commands = configuration.subcommands
        while let word = rest.popFirst(), !word.hasPrefix("-") {
            if let command = commands.first(where: { $0._commandName == word }) {
                guard asksForHelp else { return }
                commands = command.configuration.subcommands
                continue
            }
            guard asksForHelp || !mayBeRecipe(word) else { return }
            let names = commands.map { $0._commandName }
            let meant = Suggestion.nearest(to: String(word.prefix(64)), in: names)
            let subject = "There is no command" + (asksForHelp ? "" : ", and no file,") + " '\(word)'"
            throw ValidationError(
                meant.map { "\(subject); did you mean '\($0)'?" }
                    ?? "\(subject); 'cudagen --help' lists the commands.")
        }
    }

    private static func mayBeRecipe(_ word: String) -> Bool {
        word.isEmpty || word.contains(where: { "./".contains($0) }) || FileSystem.isTaken(word)
    }
}
