import CudaImageKit
import Testing

@testable import CudaCatalogImport

/// The rules, judged by the facts: every known release since 11.0 is derived from its predecessor and an index of its own
/// packages, and compared with what NVIDIA's image installs.
@Suite struct PredecessorTests {
    /// What a derived layer has other than NVIDIA's.
    private enum Difference: Hashable {
        /// The predecessor has no such variant, or it can't be derived from it.
        case missing
        /// NVIDIA took NCCL in again: a release without it says nothing of where it stood before.
        case nccl
        case names, order, versions, other, optional, system, purge, environment, symlinks, files
    }

    /// Where NVIDIA changed its lists. Each is a change that no index tells of.
    private static let documented: [Difference: Set<String>] = [
        // cuDNN came with a later point release than the toolkit, and was spelled cudnn8, cudnn9, cudnn in turn. 11.1.1:
        // its predecessor's libraries are files.
        .missing: [
            "11.1.1", "11.2.0", "11.4.3", "11.5.0", "12.0.1", "12.2.2", "12.3.2", "12.4.1", "12.5.1", "12.6.0",
            "13.0.1",
        ],
        .nccl: ["11.7.1", "12.1.0", "12.2.2", "12.6.0", "12.6.2"],
        // 11.2.0: cuDNN where 11.1.1's image has none. 12.5.1: cuda-compat for arm64. 13.0.0: libcudnn9-headers. 13.2.1:
        // packages with the toolkit's configuration.
        .names: ["11.2.0", "12.5.1", "13.0.0", "13.2.1"],
        .order: ["11.1.1", "13.2.1"],
        .optional: ["13.2.1"],
        // findutils came and went with the age of the template that NVIDIA last made an image with.
        .system: [
            "11.2.0", "11.2.2", "11.3.0", "11.3.1", "11.4.0", "11.4.3", "11.5.0", "11.5.2", "11.6.0", "11.6.1",
            "11.7.0",
            "11.7.1", "13.0.0",
        ],
        .purge: ["11.1.1"],
        .environment: ["11.1.1"],
        .symlinks: ["11.3.0", "13.0.0"],
        .files: ["11.1.1"],
        // Amazon Linux and Oracle Linux 8: a command for that state of the operating system.
        .other: ["13.0.0"],
    ]

    @Test func knownReleasesFollowFromTheirPredecessors() throws {
        let catalog = Catalog.embedded
        var layers = 0, same = 0, withoutPredecessor = 0
        var found: [Difference: Set<String>] = [:]
        for (repository, _) in catalog.repositories {
            let rows = catalog.images(inRepository: repository).filter { $0.cuda >= CatalogImport.oldestRelease }
            for image in rows {
                let templates = CatalogImport.templates(for: image.cuda, among: rows)
                guard let template = templates.first(where: { $0.os == image.os }) else {
                    withoutPredecessor += 1
                    continue
                }
                var derivation = ReleaseDerivation(catalog: catalog, index: index(of: [image], in: catalog))
                let older = rows.filter { $0.os == image.os && $0.cuda < image.cuda }
                let derived = derivation.image(of: image.cuda, template: template, older: older)
                for variant in image.variants where variant.cudnn != .tensorRT {
                    layers += 1
                    let wanted = try #require(catalog.layers(of: variant, in: image)?.last?.set)
                    let differences = Self.differences(
                        wanted, derived?.layers.first { $0.variant == variant }?.set)
                    if differences.isEmpty { same += 1 }
                    for difference in differences { found[difference, default: []].insert("\(image.cuda)") }
                }
            }
        }
        for (difference, releases) in found {
            let unexpected = releases.subtracting(Self.documented[difference] ?? [])
            #expect(unexpected.isEmpty, "\(difference): \(unexpected.sorted())")
        }
        #expect(found.keys.count == Self.documented.keys.count, "a documented exception is none any more")
        #expect((layers, same, withoutPredecessor) == (3151, 2811, 41))
    }

    private static func differences(_ wanted: PackageSet, _ derived: PackageSet?) -> Set<Difference> {
        guard let derived else { return [.missing] }
        var wanted = wanted
        // A mark of the old age of an image, not a rule of its release.
        wanted.environment.removeAll { $0.name == "NVIDIA_CUDA_END_OF_LIFE" }
        let isNCCL = { (name: String) in name.hasPrefix("libnccl") }
        let names = wanted.packages.map(\.name), others = derived.packages.map(\.name)
        if names != others, Set(names).symmetricDifference(others).allSatisfy(isNCCL), Set(names) != Set(others) {
            return [.nccl]
        }
        var found: Set<Difference> = []
        if Set(names) != Set(others) { found.insert(.names) } else if names != others { found.insert(.order) }
        if names == others, wanted.packages != derived.packages { found.insert(.versions) }
        if wanted.optionalPackages != derived.optionalPackages { found.insert(.optional) }
        if wanted.systemPackages != derived.systemPackages { found.insert(.system) }
        if wanted.purgedPackages != derived.purgedPackages { found.insert(.purge) }
        if wanted.environment != derived.environment { found.insert(.environment) }
        if wanted.symlinks != derived.symlinks { found.insert(.symlinks) }
        if wanted.archives != derived.archives || wanted.packageFiles != derived.packageFiles { found.insert(.files) }
        if found.isEmpty, wanted != derived { found.insert(.other) }
        return found
    }

    /// An index that holds all releases of a repository tells the versions of each.
    @Test func wholeRepositoryTellsReleasesApart() throws {
        let catalog = Catalog.embedded
        var pins = 0
        var wrong: [String] = []
        for (repository, _) in catalog.repositories {
            let rows = catalog.images(inRepository: repository).filter { $0.cuda >= CatalogImport.oldestRelease }
            let index = index(of: rows, in: catalog)
            for image in rows {
                let versions = ReleaseVersions(image.cuda, in: index)
                let release = "-\(image.cuda.major)-\(image.cuda.minor)"
                for pin in Self.pins(of: image, in: catalog) where pin.name.hasSuffix(release) {
                    guard let version = pin.version else { continue }
                    pins += 1
                    if versions.version(of: pin.name)?.description != version {
                        wrong.append("\(image.cuda) \(image.os) \(pin.name) \(version)")
                    }
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong)")
        #expect(pins > 10_000)
    }

    private static func pins(of image: ImageFacts, in catalog: Catalog) -> [PackageSet.Pin] {
        image.variants.flatMap { catalog.layers(of: $0, in: image)?.last?.set.packages ?? [] }
    }

    /// The packages of images; those that stand for a release as a whole need the others.
    private func index(of images: [ImageFacts], in catalog: Catalog) -> PackageIndex {
        var packages: [String: [SystemVersion: PackageIndex.Package]] = [:]
        for image in images {
            let pins = Self.pins(of: image, in: catalog)
            let components = pins.compactMap { pin in
                pin.version.flatMap { SystemVersion($0) }.map {
                    PackageIndex.Dependency(name: pin.name, version: SystemVersion($0.upstream))
                }
            }
            for pin in pins {
                guard let version = SystemVersion(pin.version ?? "1-1") else { continue }
                let isWhole = version.upstream == image.cuda.description && pin.name.hasPrefix("cuda-libraries")
                packages[pin.name, default: [:]][version] = PackageIndex.Package(
                    name: pin.name, version: version,
                    dependencies: isWhole ? components.filter { $0.name != pin.name } : [])
            }
        }
        return PackageIndex(packages.values.flatMap(\.values))
    }
}
