/// A value that Dockerfile syntax has no way to carry.
///
/// Recipes are validated long before, so a user never sees this; it exists so that the printer can't write a file that
/// means something else than the instruction it was given.
public struct PrintingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why an instruction can't carry a value.
    public enum Problem: Hashable, Sendable {
        /// `ENV`, `LABEL` and `ARG` end at a line break.
        case lineBreak
        /// Neither a program's arguments nor an environment can hold U+0000.
        case nullCharacter
        /// Flags such as `--mount` read quotes, commas, `$` and non-ASCII differently from builder to builder.
        case notAllowedInFlag
        /// A label's name ends at the first `=`.
        case equalsSignInName
        /// The instruction needs at least one value.
        case empty
        /// BuildKit of Docker 20.10 reads lines of at most 65,535 bytes.
        case lineTooLong
    }

    /// The instruction's keyword: `ENV`.
    public var instruction: String
    /// Why it can't be written.
    public var problem: Problem
    /// The value that can't be carried; empty if it is the instruction as a whole.
    public var value: String

    /// A value that an instruction can't carry.
    public init(_ instruction: String, _ problem: Problem, value: String = "") {
        self.instruction = instruction
        self.problem = problem
        self.value = value
    }

    /// One sentence without a full stop, with the value as JSON: `ENV can't carry a value with a line break: "a\nb"`.
    public var description: String {
        let what =
            switch problem {
            case .lineBreak: "a value with a line break"
            case .nullCharacter: "a value with a null character"
            case .notAllowedInFlag: "a flag with this value"
            case .equalsSignInName: "a name with '='"
            case .empty: "nothing"
            case .lineTooLong: "a line of more than \(InstructionPrinter.maximumLineLength) bytes"
            }
        return "\(instruction) can't carry \(what)" + (value.isEmpty ? "" : ": \(DockerfileQuoting.json(value))")
    }
}
