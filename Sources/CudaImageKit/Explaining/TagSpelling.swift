/// What a text says of an official tag, whether it is one or not.
///
///     nvidia/cuda:12.4.1-base     an image; of its tag the operating system is missing
///     12.4.1-base-jammy           nearly a tag
///     latest                      what other images have
///     app.yaml                    says nothing
struct TagSpelling: Hashable, Sendable {
    /// The text, or the tag of the image that it names.
    var text: String
    var cuda: CUDAVersionPattern?
    var flavor: Flavor?
    var cudnn: CuDNNVariant?
    var os: OperatingSystem?
    /// Parts that mean nothing here.
    var unknownParts: [String] = []

    /// Returns `nil` for a text that does not read like a tag: then it is a file's name.
    init?(_ text: String) {
        let image = ImageReference(text)
        let isImage = image?.name == "cuda" && text != "cuda"
        guard isImage || Self.isTag(text) else { return nil }
        self.text = isImage ? image?.tag ?? image?.digest ?? "latest" : text
        for part in self.text.split(separator: "-", omittingEmptySubsequences: false).map(String.init) {
            if cuda == nil, let cuda = CUDAVersionPattern(part) {
                self.cuda = cuda
            } else if flavor == nil, let flavor = Flavor(rawValue: part) {
                self.flavor = flavor
            } else if cudnn == nil, let cudnn = CuDNNVariant(part) {
                self.cudnn = cudnn
            } else if os == nil, let os = OperatingSystem(part) ?? OperatingSystem.meant(by: part) {
                self.os = os
            } else {
                unknownParts.append(part)
            }
        }
        if !isImage, text != "latest", !hasMeaning { return nil }
    }

    /// Whether enough of a text without an image's name is a part of a tag: more than `2024-app` and `base` have.
    private var hasMeaning: Bool {
        if flavor != nil, os != nil { return true }
        guard let cuda, text.hasPrefix(cuda.description) else { return false }
        return unknownParts.isEmpty || cuda.components.count > 1
    }

    /// The grammar of the OCI distribution specification, without names that recipes have.
    private static func isTag(_ text: String) -> Bool {
        ImageReference("a:" + text) != nil && ![".yaml", ".yml", ".json"].contains(where: text.hasSuffix)
    }
}

extension Catalog {
    /// The official tag that a text names: in full, short where NVIDIA had a short name, or as an image
    /// (`nvidia/cuda:12.4.1-base-ubuntu22.04`).
    ///
    /// - Returns: `nil` if the text does not read like a tag at all.
    /// - Throws: what is wrong with a text that reads like a tag and is none, with the nearest that exist.
    public func tag(spelled text: String) throws(DiagnosticError) -> TagFacts? {
        guard let spelling = TagSpelling(text) else { return nil }
        if let facts = (CUDAImageTag(spelling.text) ?? tag(aliased: spelling.text)).flatMap({ tag($0) }) {
            return facts
        }
        throw DiagnosticError(.noSuchTag, reason(against: spelling), help: help(for: spelling))
    }

    private func reason(against spelling: TagSpelling) -> String {
        if spelling.text == "latest" { return "NVIDIA publishes no tag 'latest'" }
        var reason = "there is no tag \(spelling.text.quotedExcerpt)"
        if let cuda = spelling.cuda, !releases.contains(where: { cuda.matches($0.cuda) }) {
            reason += ": the catalogue has no CUDA \(cuda)"
        } else if let part = spelling.unknownParts.first {
            reason += ": \(part.quotedExcerpt) is no part of one"
        } else {
            let missing = [
                spelling.cuda == nil ? "the release" : nil, spelling.flavor == nil ? "the flavor" : nil,
                spelling.os == nil ? "the operating system" : nil,
            ].compactMap(\.self)
            if let last = missing.last {
                let others = missing.dropLast().joined(separator: ", ")
                reason += others.isEmpty ? ": \(last) is missing" : ": \(others) and \(last) are missing"
            }
        }
        return reason
    }

    /// Tags that have all that the text says; else the nearest.
    private func help(for spelling: TagSpelling) -> String {
        if let cuda = spelling.cuda, spelling.os == nil, !releases.contains(where: { cuda.matches($0.cuda) }) {
            return "the nearest releases are " + nearestReleases(to: cuda).text
                + "; 'cudagen tags --format plain' lists everything"
        }
        let wanted = CUDAImageTag(
            cuda: release(for: spelling.cuda), flavor: spelling.flavor ?? .runtime,
            os: spelling.os ?? OperatingSystem(.ubuntu, "24.04"), cudnn: spelling.cudnn)
        if spelling.os == nil, spelling.cuda != nil {
            let complete = nearestTags(to: wanted, limit: 12) { facts in
                facts.tag.cuda == wanted.cuda && facts.tag.flavor == wanted.flavor
                    && (facts.tag.cudnn == nil) == (wanted.cudnn == nil)
            }
            if !complete.isEmpty { return "whole tags are " + complete.map(\.description).joined(separator: ", ") }
        }
        let near = nearestTags(to: wanted, limit: 3).map(\.description).joined(separator: ", ")
        return spelling.text == "latest" ? "name a release, for example \(near)" : "nearest that exist: \(near)"
    }

    /// The newest release that a number may be completed to, or a release of that number that does not exist.
    private func release(for pattern: CUDAVersionPattern?) -> CUDAVersion {
        if let newest = releases.last(where: { pattern?.matches($0.cuda) ?? true }) { return newest.cuda }
        let numbers = (pattern?.components ?? []) + [0, 0, 0]
        return CUDAVersion(numbers[0], numbers[1], numbers[2])
    }
}
