import CudaImageKit

/// What NVIDIA's image sources (gitlab.com/nvidia/container-images/cuda) say of their images: `manifests/cuda.yaml`.
///
/// Each release is a mapping `cuda_v13.2.1` with one of each operating system in it, which has the base image and, for each
/// architecture, versions of components. Which packages an image has is not in it, nor is cuDNN.
public struct ImageManifest: Sendable {
    /// One image's versions.
    public struct Image: Sendable {
        /// The release.
        public internal(set) var cuda: CUDAVersion
        /// The operating system.
        public internal(set) var os: OperatingSystem
        /// The platform; the manifest has its architecture.
        public internal(set) var platform: Platform
        /// What the image starts from: `ubuntu:24.04`; `nil` where the manifest names none.
        public internal(set) var baseImage: String?
        /// `NVIDIA_REQUIRE_CUDA`, where the manifest has it; newer releases leave it to other files.
        public internal(set) var requirement: String?
        /// Versions by component: `libcublas_dev`.
        public internal(set) var components: [String: PackageVersion]
    }

    /// One for each release, operating system and platform; never empty.
    public private(set) var images: [Image] = []
    /// Releases that NVIDIA counts as past their end.
    public private(set) var unsupported: Set<CUDAVersion> = []

    /// - Throws: `DiagnosticError` if the text is no such manifest.
    public init(parsing bytes: [UInt8], fileName: String) throws(DiagnosticError) {
        let root = try YAMLTree(parsing: String(decoding: bytes, as: UTF8.self), fileName: fileName)
        var diagnostics = Diagnostics()
        unsupported = Set(
            root["unsupported"]?["release_label"]?.items.compactMap { $0.text.flatMap { CUDAVersion($0) } } ?? [])
        var seen: Set<String> = []
        for (key, release) in root.entries where key.hasPrefix("cuda_v") {
            // Releases of other kinds, such as candidates, are no releases.
            guard let cuda = CUDAVersion(String(key.dropFirst("cuda_v".count))) else { continue }
            for (name, system) in release.entries {
                guard let os = OperatingSystem(name) else { continue }
                for (architecture, image) in system.entries {
                    guard let platform = Platform(architecture), let components = image["components"],
                        seen.insert("\(cuda) \(os) \(platform)").inserted
                    else { continue }
                    images.append(
                        Image(
                            cuda: cuda, os: os, platform: platform,
                            baseImage: Self.baseImage(system["base_image"], &diagnostics),
                            requirement: Self.requirement(image["requires"]),
                            components: Self.versions(in: components, &diagnostics)))
                }
            }
            if diagnostics.errorCount >= PackageIndex.maximumProblems { break }
        }
        if !diagnostics.hasErrors, images.isEmpty {
            diagnostics.error(
                .invalidIndex, "'\(fileName)' has no images: it is no manifest of NVIDIA's image sources")
        }
        if diagnostics.hasErrors { throw DiagnosticError(diagnostics) }
    }

    private static func baseImage(_ value: YAMLTree?, _ diagnostics: inout Diagnostics) -> String? {
        guard let value, let text = value.text else { return nil }
        if ImageReference(text) != nil { return text }
        diagnostics.error(
            .invalidIndex, "expected an image in 'base_image', found '\(text.prefix(60))'", at: value.span)
        return nil
    }

    /// One line in lower case, as the image has it.
    private static func requirement(_ value: YAMLTree?) -> String? {
        let conditions = value?.text?.lowercased().split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        let isSound = conditions.allSatisfy { condition in
            condition.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || "=<>,.-".utf8.contains($0) }
        }
        return isSound && conditions.first?.hasPrefix("cuda>=") ?? false ? conditions.joined(separator: " ") : nil
    }

    private static func versions(
        in components: YAMLTree, _ diagnostics: inout Diagnostics
    ) -> [String: PackageVersion] {
        var versions: [String: PackageVersion] = [:]
        for (name, component) in components.entries {
            guard let value = component["version"], let text = value.text else { continue }
            if let version = PackageVersion(text) {
                versions[name] = version
            } else {
                diagnostics.error(
                    .invalidIndex, "expected a version of '\(name.prefix(60))', found '\(text.prefix(60))'",
                    at: value.span)
            }
        }
        return versions
    }
}

extension ImageManifest.Image {
    /// The packages of the template's lists in this image's versions, as if a repository had them alone.
    func index(for template: ImageFacts, in catalog: Catalog) -> PackageIndex {
        let renaming = PackageRenaming(old: template.cuda, new: cuda)
        let sets = template.variants.filter { $0.cudnn == nil }.compactMap {
            catalog.layers(of: $0, in: template)?.last?.set
        }
        let packages = sets.flatMap(\.packages).compactMap { pin -> PackageIndex.Package? in
            guard let old = pin.version else {
                // Any version will do, so one has to be there.
                return PackageVersion("0").map { PackageIndex.Package(name: renaming.name(pin.name), version: $0) }
            }
            return version(of: pin.name, template: template.cuda, old: old).map {
                PackageIndex.Package(name: renaming.name(pin.name), version: $0)
            }
        }
        return PackageIndex(Array(Set(packages)))
    }

    /// Packages for the release as a whole have its number, configuration packages the version of the runtime library.
    private func version(of name: String, template: CUDAVersion, old: String) -> PackageVersion? {
        let component = Self.component(of: name, in: template)
        if let version = components[component] {
            guard component.hasPrefix("libnccl") else { return version }
            return PackageVersion("\(version)+cuda\(cuda.majorMinor)")
        }
        if name.hasSuffix("config-common") { return components["cudart"] }
        return PackageVersion(old)?.upstream == template.description ? PackageVersion("\(cuda)-1") : nil
    }

    /// `cuda-cudart-dev-13-2` is `cudart_dev`, `libcublas-devel-13-2` is `libcublas_dev`, `libnccl-dev` is `libnccl2_dev`.
    static func component(of name: String, in release: CUDAVersion) -> String {
        var words = name.split(separator: "-").map(String.init)
        if words.suffix(2) == ["\(release.major)", "\(release.minor)"] { words.removeLast(2) }
        if words.first == "cuda", words.count > 1 { words.removeFirst() }
        if words.last == "devel" { words[words.count - 1] = "dev" }
        if words.first == "libnccl" { words[0] = "libnccl2" }
        return words.joined(separator: "_")
    }
}
