internal import CEmbeddedResources

/// The catalogue and the templates that are part of the program.
enum EmbeddedResources {
    static let cudaCatalog = all.first { $0.name == "cuda.catalog" }?.text ?? EmbeddedText()

    /// Every template by its file name without extension.
    static let templates: [(name: String, text: EmbeddedText)] = all.compactMap { file in
        file.name.hasSuffix(suffix) ? (String(file.name.dropLast(suffix.count)), file.text) : nil
    }

    private static let suffix = ".mustache"

    private static let all: [(name: String, text: EmbeddedText)] = (0..<cudagen_resource_count()).map { index in
        let resource = cudagen_resource_at(index)
        return (String(cString: resource.name), EmbeddedText(start: resource.bytes, count: resource.count))
    }
}

/// A constant text of the program, which is not copied until somebody asks for a string.
struct EmbeddedText: @unchecked Sendable, CustomStringConvertible {
    /// Constant for the life of the program, which is why the text may be sent anywhere.
    let bytes: UnsafeBufferPointer<UInt8>

    init(start: UnsafePointer<UInt8>? = nil, count: Int = 0) {
        bytes = UnsafeBufferPointer(start: start, count: count)
    }

    var description: String { String(decoding: bytes, as: UTF8.self) }
}
