extension FrameworkPins {
    /// Why a file is none of requirements, by its name; `nil` if it may be one.
    ///
    /// - Parameter path: the file's path.
    /// - Returns: an error that says which command reads such a file.
    public static func refusal(ofFile path: String) -> Diagnostic? {
        let name = FilePath.name(of: path).lowercased()
        let what: String
        let help: String
        switch name {
        case "uv.lock", "environment.yml", "environment.yaml":
            what = name == "uv.lock" ? "a lock of uv" : "an environment of conda"
            help = "run 'cudagen init' in its folder: that reads it"
        case _ where name.hasSuffix(".lock") || name.hasPrefix("pylock."):
            what = "a lock file"
            help = "export it as a requirements file, or name pyproject.toml"
        case _ where name.hasSuffix(".yaml") || name.hasSuffix(".yml"):
            what = "no file of requirements"
            help =
                "a recipe chooses its image itself with 'image.cuda: resolve', and 'cudagen explain' shows what it is"
        case "dockerfile", "containerfile", "setup.py", "cmakelists.txt", "makefile":
            what = "no file of requirements"
            help = "run 'cudagen init' in its folder: that reads it"
        case _ where [".py", ".json", ".ipynb", ".cfg", ".cu", ".whl"].contains(where: name.hasSuffix):
            what = "no file of requirements"
            help = "name requirements.txt or pyproject.toml"
        default: return nil
        }
        return Diagnostic(
            .error, .unreadableRequirement, "\(path.quotedExcerpt) is \(what), and can't be read here", help: help)
    }
}
