extension MappingReader {
    /// A path of the image that starts with `/`.
    func absolutePath(_ key: Key) -> Located<ContainerPath>? {
        name(key, "a path", as: ContainerPath.self).flatMap { findings.absolute($0) }
    }

    /// Folders of the image, without `/` at their ends. The root can't be a volume.
    func volumes(_ key: Key) -> [Located<ContainerPath>] {
        let paths = names(key, "a path", as: ContainerPath.self).compactMap { path -> Located<ContainerPath>? in
            guard let path = findings.absolute(path) else { return nil }
            let parts = path.value.text.split(separator: "/").filter { $0 != "." }
            guard !parts.isEmpty, let folder = ContainerPath("/" + parts.joined(separator: "/")) else {
                findings.error(
                    .invalidValue, "the image's root can't be a volume", at: path.span, help: "name a folder in it")
                return nil
            }
            return Located(folder, at: path.span)
        }
        return distinct(paths, "volume") { $0.text }
    }

    /// A file or folder of the build context that instructions mount or copy.
    func contextPath(_ key: Key) -> Located<ContainerPath>? {
        guard let path = name(key, "a path", as: ContainerPath.self).flatMap({ findings.inContext($0) }) else {
            return nil
        }
        return findings.flagSafe(path) ? path : nil
    }
}

extension FindingList {
    func absolute(_ path: Located<ContainerPath>) -> Located<ContainerPath>? {
        if path.value.isAbsolute { return path }
        error(
            .invalidValue, "\(path.value.text.quotedExcerpt) is not an absolute path", at: path.span,
            help: "start it with '/'")
        return nil
    }

    func inContext(_ path: Located<ContainerPath>) -> Located<ContainerPath>? {
        if RecipeRules.isInside(path.value.text) { return path }
        error(
            .invalidValue, "\(path.value.text.quotedExcerpt) is not \(RecipeRules.contextPathRule)", at: path.span,
            help: "write it as seen from the folder that is built")
        return nil
    }

    /// One file of the build context: no folder, no pattern that several files may match.
    func singleFile(_ path: Located<ContainerPath>) -> Located<ContainerPath>? {
        guard let path = inContext(path) else { return nil }
        if RecipeRules.isSingleFile(path.value.text) { return path }
        error(
            .invalidValue, "\(path.value.text.quotedExcerpt) is not the path of one file", at: path.span,
            help: "name the file, without '*', '?', '[' and '\\'")
        return nil
    }

    func flagSafe(_ path: Located<ContainerPath>) -> Bool {
        if InstructionPrinter.isFlagValue(path.value.text) { return true }
        error(
            .invalidValue,
            "the path \(path.value.text.quotedExcerpt) can't be mounted: it may hold \(RecipeRules.flagRule)",
            at: path.span)
        return false
    }
}
