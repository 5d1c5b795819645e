extension PythonVersion {
    /// The versions that are tried where requirements depend on Python and nobody names one, newest first.
    ///
    /// No fact, but a bound of the search: from a Python of the oldest images to one that is not out yet. A requirement that
    /// counts with others alone counts nowhere.
    static let considered = (5...16).reversed().map { PythonVersion(3, $0) }
}
