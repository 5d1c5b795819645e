/// Writing generated files without destroying anybody's work.
public enum OutputFile {
    /// Whether `text` may be written to `path`, where `existing` stands now.
    ///
    /// - Parameters:
    ///   - path: the file, for messages.
    ///   - existing: the file's text, or `nil` if there is none.
    ///   - force: overwrite whatever is there.
    /// - Returns: why not, or `nil` if it may.
    public static func refusal(path: String, existing: String?, force: Bool) -> Diagnostic? {
        guard let existing, !force else { return nil }
        switch Checksum.state(of: existing) {
        case .untouched: return nil
        case .edited:
            return Diagnostic(
                .error, .editedByHand, "'\(path)' was edited by hand since cudagen wrote it",
                help: "move the change into the recipe, or overwrite it with --force")
        case .foreign:
            return existing.isEmpty
                ? nil
                : Diagnostic(
                    .error, .wouldOverwrite, "'\(path)' was not written by cudagen",
                    help: "choose another name with -o, or overwrite it with --force")
        }
    }
}
