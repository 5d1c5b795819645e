/// The keys of one mapping: the only description of what may stand there.
///
/// A reader can be asked for these keys alone, and reports every other one, so that what is read and what messages call
/// known can't differ. The cases come in the order of the documentation.
protocol FileKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// Names from other tools, and what means the same here: a key of this mapping, or a full name (`image.cuda`).
    static var aliases: [String: String] { get }
    /// Keys that have to be there.
    static var required: [Self] { get }
}

/// A key of a file that people write, with what they have to know of it.
protocol RecipeKey: FileKey {
    /// What the key is for and what may stand there, for the JSON Schema and the reference page.
    var about: KeyDescription { get }
}

extension FileKey {
    static var required: [Self] { [] }
}
