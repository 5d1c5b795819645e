import ArgumentParser

/// The completions of shells.
///
/// The parser's own leave out what stands behind no subcommand: the options of `generate`, and the recipe.
enum Completions {
    /// The command as completions see it.
    private struct Root: ParsableCommand {
        static let configuration = Cudagen.configuration

        @OptionGroup var generate: GenerateArguments
    }

    /// The script that `--generate-completion-script SHELL` asks for; `nil` if nobody does, or of an unknown shell.
    static func script(for words: [String]) -> String? {
        let option = "--generate-completion-script"
        let isAlone = words.count == 1 && words[0].hasPrefix(option + "=")
        let name = isAlone ? String(words[0].dropFirst(option.count + 1)) : words.count == 2 ? words[1] : nil
        guard isAlone || words.first == option, let shell = name.flatMap(CompletionShell.init(rawValue:)) else {
            return nil
        }
        var script = Root.completionScript(for: shell)
        // Whatever is no subcommand may be a recipe.
        switch shell {
        case .bash:
            script = replacingFirst("complete -o filenames -F", by: "complete -o default -o filenames -F", in: script)
        case .zsh:
            let line = "_describe -V subcommand subcommands && ret=0\n"
            script = replacingFirst(line, by: line + "        _files && ret=0\n", in: script)
        case .fish:
            script +=
                "\ncomplete -c 'cudagen' -n '__cudagen_should_offer_completions_for_positional \"cudagen\" -eq 1' -F"
        default: break
        }
        return script + "\n"
    }

    private static func replacingFirst(_ text: String, by other: String, in script: String) -> String {
        guard let range = script.firstRange(of: text) else { return script }
        return script[..<range.lowerBound] + other + script[range.upperBound...]
    }
}
