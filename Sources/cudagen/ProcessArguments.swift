import CProcessArguments

/// What the program was started with.
enum ProcessArguments {
    /// The arguments without the program's name, or `nil` if nobody can tell them.
    ///
    /// On Linux the standard library reads `/proc/self/cmdline`; in a root without `/proc` it finds nothing, not even a name,
    /// which looks like a call without arguments. There the C library's own count.
    static var words: [String]? {
        let words = CommandLine.arguments
        guard words.isEmpty else { return Array(words.dropFirst()) }
        let count = cudagen_argument_count()
        guard count > 0 else { return nil }
        return (1..<count).map { String(cString: cudagen_argument_at($0)) }
    }

    /// The first word that names an option and gives it an empty value: `--image=`.
    ///
    /// The parser would take the word behind it for the value, and the recipe with it.
    static func withoutValue(_ words: [String]) -> String? {
        var previous: String?
        for word in words {
            if word == "--" { return nil }
            defer { previous = word }
            // What stands behind these is passed on, whatever it is.
            if let previous, Verify.optionsOfEngines.contains(previous) { continue }
            if word.hasPrefix("-"), word.firstIndex(of: "=") == word.indices.last { return word }
        }
        return nil
    }
}
