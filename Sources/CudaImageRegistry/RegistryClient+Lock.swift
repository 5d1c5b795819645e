import CudaImageKit

/// What registries say to the requests of a lock.
package struct LockAnswers: Sendable {
    /// The entries of the images that were found.
    package var entries: [ImageReference: Lockfile.Entry] = [:]
    /// What went wrong, image by image.
    package var diagnostics = Diagnostics()
    /// Whether this machine, its network or a registry is to blame for some of it.
    package var failsForEnvironment = false
}

extension RegistryClient {
    /// Asks for every image of the requests; those that can't be had are reported.
    package mutating func answers(to requests: [LockRequest]) -> LockAnswers {
        var answers = LockAnswers()
        for request in requests {
            do throws(RegistryError) {
                let image = try resolve(request.reference)
                if let missing = image.missing(for: request) { answers.diagnostics.add(missing) }
                answers.entries[request.reference] = Lockfile.Entry(
                    reference: request.reference, digest: image.digest, platforms: image.platforms,
                    recipes: request.recipes)
            } catch {
                answers.diagnostics.add(error.diagnostic)
                if error.isEnvironment { answers.failsForEnvironment = true }
            }
        }
        return answers
    }
}

extension ResolvedImage {
    /// The finding if a platform that is asked for is not there.
    func missing(for request: LockRequest) -> Diagnostic? {
        let missing = request.platforms.subtracting(platforms.keys).sorted().map(\.description)
        guard !missing.isEmpty else { return nil }
        let there = platforms.keys.sorted().map(\.description) + others.prefix(8)
        var notes = [
            (isList ? "the list has " : "it is one image and no list, for ")
                + (there.isEmpty ? "no platform" : there.joined(separator: ", ")).printable
        ]
        if nestedCount > 0 { notes.append("the list has lists in it, into which cudagen does not look") }
        return Diagnostic(
            .error, .imagePlatformMissing,
            "'\(request.reference)' (\(digest)) does not exist for \(missing.joined(separator: ", "))", notes: notes,
            help: "leave the platform out (image.platforms, --platform), or take another image")
    }
}
