extension PythonRequirement {
    /// Whether the marker leaves the requirement out wherever an image may run: it asks for another system than Linux.
    var isForAnotherSystem: Bool {
        EnvironmentMarker.holds(marker, python: nil, platforms: Platform.allCases) == false
    }
}
