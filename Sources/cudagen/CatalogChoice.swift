import ArgumentParser
import CudaImageKit

/// Which catalogue a command decides with.
enum CatalogChoice {
    case builtIn
    /// A file that the user names.
    case file(String)
    /// What the user imported: it extends the built-in catalogue, and need not be there.
    case user(String)

    static let variable = "CUDAGEN_CATALOG"

    static let help = ArgumentHelp(
        "A catalogue that replaces or extends the built-in one; 'built-in' for that one alone.", valueName: "file")

    /// The option beats the variable, the variable beats what was imported.
    init(option: String?) {
        self =
            Self.named(option) ?? Self.named(Environment.value(Self.variable)) ?? Self.userPath.map { .user($0) }
            ?? .builtIn
    }

    private static func named(_ name: String?) -> CatalogChoice? {
        name.map { $0 == CatalogOrigin.builtInName ? .builtIn : .file($0) }
    }

    /// `$XDG_DATA_HOME/cudagen/cuda.catalog`, by default below `~/.local/share`; `nil` without a home.
    static var userPath: String? {
        // A relative path means nothing there, as the XDG Base Directory Specification says.
        let data = Environment.value("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (data ?? Environment.value("HOME").map { "\($0)/.local/share" }).map { "\($0)/cudagen/cuda.catalog" }
    }
}
