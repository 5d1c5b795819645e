/// Reads one kind of file and adds what it says to the facts.
protocol ProjectDetector: Sendable {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts)
}

extension ProjectFacts {
    /// What a folder tells.
    public init(_ folder: ProjectFolder) {
        for detector in Self.detectors { detector.examine(folder, facts: &self) }
        if !folder.name.isEmpty { names.append(folder.name) }
    }

    /// In the order of a report. What a later one says of the same thing does not beat what an earlier one said.
    private static let detectors: [any ProjectDetector] = [
        PyprojectDetector(), RequirementsDetector(), CondaDetector(), PythonVersionDetector(),
        ExtensionDetector(), PythonCodeDetector(), CMakeDetector(), MakefileDetector(), CUDASourceDetector(),
        DockerfileDetector(), DockerIgnoreDetector(),
    ]
}
