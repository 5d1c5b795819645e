/// `CMakeLists.txt` of a project that compiles CUDA.
struct CMakeDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        guard folder.source("CMakeLists.txt") != nil else { return }
        let files = folder.files.filter { path in
            FilePath.name(of: path) == "CMakeLists.txt" || ProjectFolder.ending(of: path) == "cmake"
        }
        // The project's own file names it; the rest follows in order.
        let ordered = ["CMakeLists.txt"] + files.filter { $0 != "CMakeLists.txt" }
        var project = CMakeProject(path: "CMakeLists.txt")
        var isCUDA = false
        for path in ordered {
            guard let source = folder.source(path) else { continue }
            for command in CMakeCommands(source.text).commands {
                isCUDA = Self.read(command, in: source, into: &project) || isCUDA
            }
        }
        guard isCUDA else { return }
        facts.names += project.name.map { [$0] } ?? []
        facts.cmake = project
        let programs = project.programs.map(\.name)
        facts.note(
            project.path,
            "a CMake project with CUDA" + (programs.isEmpty ? "" : ", programs " + programs.joined(separator: ", "))
                + (project.linked.names.isEmpty ? "" : ", linked with " + project.linked.names.joined(separator: ", ")))
    }

    /// - Returns: whether the command asks for CUDA.
    private static func read(
        _ command: CMakeCommands.Command, in source: RecipeSource, into project: inout CMakeProject
    ) -> Bool {
        let arguments = command.arguments.map { $0.replacing(project: project.name) }
        switch command.name {
        case "project":
            if source.fileName == "CMakeLists.txt", project.name == nil, let name = arguments.first, isTarget(name) {
                project.name = name
            }
            return arguments.dropFirst().contains("CUDA")
        case "enable_language": return arguments.contains("CUDA")
        case "find_package":
            guard let name = arguments.first else { return false }
            if name == "CUDAToolkit" || name == "CUDA" { return true }
            if !["Threads", "OpenMP", "PkgConfig", "Git"].contains(name), isTarget(name),
                !project.packages.contains(name)
            {
                project.packages.append(name)
            }
        case "cmake_minimum_required":
            if let index = arguments.firstIndex(of: "VERSION"), index + 1 < arguments.count, project.minimum == nil {
                // `3.20...3.30`: from the one to the other.
                let range = arguments[index + 1].firstRange(of: "...")
                let first = range.map { String(arguments[index + 1][..<$0.lowerBound]) } ?? arguments[index + 1]
                project.minimum = PythonPackageVersion(first).map { _ in first }
            }
        case "set": readSetting(arguments, of: command, in: source, into: &project)
        case "set_target_properties", "set_property": readProperties(arguments, of: command, in: source, into: &project)
        case "add_executable", "cuda_add_executable":
            addProgram(arguments, in: source, to: &project)
            return command.name == "cuda_add_executable"
        case "add_library":
            if let name = arguments.first, isTarget(name), arguments.dropFirst().first == "SHARED" {
                project.sharedLibraries.append(name)
            }
        case "target_link_libraries": for name in arguments.dropFirst() { project.linked.add(name) }
        case "install": project.installs = project.installs || arguments.first == "TARGETS"
        default: break
        }
        return false
    }

    private static func addProgram(_ arguments: [String], in source: RecipeSource, to project: inout CMakeProject) {
        guard let name = arguments.first, isTarget(name),
            !["ALIAS", "IMPORTED", "EXCLUDE_FROM_ALL"].contains(arguments.dropFirst().first ?? "")
        else { return }
        let program = CMakeProject.Program(name: name, folder: ProjectFolder.parent(of: source.fileName))
        let isTest = "\(program.folder)/\(name)".lowercased().split { !$0.isLetter }.contains {
            $0.hasPrefix("test") || $0.hasPrefix("bench")
        }
        if !isTest, !project.programs.contains(program) { project.programs.append(program) }
    }

    private static func readSetting(
        _ arguments: [String], of command: CMakeCommands.Command, in source: RecipeSource,
        into project: inout CMakeProject
    ) {
        switch arguments.first {
        case "CMAKE_CUDA_ARCHITECTURES"?:
            addArchitectures(arguments.dropFirst(), of: command, in: source, to: &project)
        case "CMAKE_RUNTIME_OUTPUT_DIRECTORY"?, "EXECUTABLE_OUTPUT_PATH"?: project.movesPrograms = true
        default: break
        }
    }

    private static func readProperties(
        _ arguments: [String], of command: CMakeCommands.Command, in source: RecipeSource,
        into project: inout CMakeProject
    ) {
        if arguments.contains("RUNTIME_OUTPUT_DIRECTORY") || arguments.contains("OUTPUT_NAME") {
            project.movesPrograms = true
        }
        if let index = arguments.firstIndex(of: "CUDA_ARCHITECTURES") {
            addArchitectures(arguments[(index + 1)...], of: command, in: source, to: &project)
        }
    }

    /// `80`, `90a-real`, `86-virtual`, or a list of them in quotes.
    private static func addArchitectures(
        _ arguments: ArraySlice<String>, of command: CMakeCommands.Command, in source: RecipeSource,
        to project: inout CMakeProject
    ) {
        let start = SourcePosition(line: command.line, column: 1)
        let span = SourceSpan(
            source: source.fileName, start: start, end: SourcePosition(line: command.line, column: 2))
        for word in arguments.flatMap({ $0.split(separator: ";") }) {
            if word == "native" { project.asksGPU = true }
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            guard (2...3).contains(digits.count),
                let capability = ComputeCapability("\(digits.dropLast()).\(digits.suffix(1))"),
                !project.architectures.contains(where: { $0.value == capability })
            else { continue }
            project.architectures.append(Located(capability, at: span))
        }
    }

    /// A name that stands there as it is, without variables or generator expressions.
    private static func isTarget(_ text: String) -> Bool {
        RecipeRules.isName(text)
    }
}

extension String {
    /// With the project's name in place of the variables that hold it.
    fileprivate func replacing(project name: String?) -> String {
        guard let name, containsBytes(of: "${") else { return self }
        var text = self
        for variable in ["${PROJECT_NAME}", "${CMAKE_PROJECT_NAME}"] {
            while let range = text.firstRange(of: variable) { text.replaceSubrange(range, with: name) }
        }
        return text
    }
}
