extension VersionNumbers {
    /// Whether a program's version, as the program prints it, is older than a release: `19.03.5-ce` than 20.
    ///
    /// A version without a number, such as `dev`, is not older than any.
    static func isOlder(_ version: String, than floor: [Int]) -> Bool {
        let numbers = version.split { !$0.isNumber }.prefix(floor.count).compactMap { Int($0) }
        return !numbers.isEmpty && numbers.lexicographicallyPrecedes(floor)
    }
}
