import CudaImageKit
import Testing

@testable import CudaCatalogImport

@Suite struct PredecessorTests {
    @Test func probe() throws {
        let catalog = Catalog.embedded
        var total = 0, same = 0
        var reasons: [String: Int] = [:]
        for (repository, _) in catalog.repositories {
            let rows = catalog.images(inRepository: repository).filter { $0.cuda >= CUDAVersion(11, 0) }
            for image in rows {
                let templates = CatalogImport.templates(for: image.cuda, among: rows).filter { $0.os == image.os }
                guard let template = templates.first else {
                    reasons["no template", default: 0] += 1
                    continue
                }
                let index = SyntheticIndex.of([image], catalog: catalog)
                var derivation = ReleaseDerivation(catalog: catalog, index: index)
                let derived = derivation.image(
                    of: image.cuda, template: template, older: rows.filter { $0.os == image.os && $0.cuda < image.cuda }
                )
                for variant in image.variants where variant.cudnn != .tensorRT {
                    total += 1
                    guard let layer = derived?.layers.first(where: { $0.variant == variant }) else {
                        reasons["\(variant) missing", default: 0] += 1
                        continue
                    }
                    guard var wanted = catalog.layers(of: variant, in: image)?.last?.set else { continue }
                    wanted.environment.removeAll { $0.name == "NVIDIA_CUDA_END_OF_LIFE" }
                    if wanted == layer.set { same += 1; continue }
                    var what: [String] = []
                    if wanted.packages.map(\.name) != layer.set.packages.map(\.name) {
                        let w = Set(wanted.packages.map(\.name)), d = Set(layer.set.packages.map(\.name))
                        what.append("names +\(w.subtracting(d).sorted()) -\(d.subtracting(w).sorted())")
                    } else if wanted.packages != layer.set.packages {
                        what.append("versions \(zip(wanted.packages, layer.set.packages).filter { $0 != $1 })")
                    }
                    if wanted.optionalPackages != layer.set.optionalPackages { what.append("optional") }
                    if wanted.systemPackages != layer.set.systemPackages {
                        what.append("system \(wanted.systemPackages) \(layer.set.systemPackages)")
                    }
                    if wanted.purgedPackages != layer.set.purgedPackages { what.append("purge") }
                    if wanted.heldPackages != layer.set.heldPackages { what.append("hold") }
                    if wanted.environment != layer.set.environment { what.append("env") }
                    if wanted.symlinks != layer.set.symlinks { what.append("symlinks") }
                    if wanted.archives != layer.set.archives || wanted.packageFiles != layer.set.packageFiles {
                        what.append("files")
                    }
                    reasons["\(image.cuda) \(variant): \(what.joined(separator: "; "))", default: 0] += 1
                }
            }
        }
        print("TOTAL", total, same)
        for (key, value) in reasons.sorted(by: { $0.value > $1.value }) { print(value, key) }
    }
}

enum SyntheticIndex {
    static func of(_ images: [ImageFacts], catalog: Catalog) -> PackageIndex {
        var packages: [PackageIndex.Package] = []
        for image in images {
            var pins: [String: String] = [:]
            for variant in image.variants {
                for pin in catalog.layers(of: variant, in: image)?.last?.set.packages ?? [] {
                    pins[pin.name] = pin.version ?? pins[pin.name] ?? "1-1"
                }
            }
            for (name, version) in pins {
                if let version = PackageVersion(version) { packages.append(.init(name: name, version: version)) }
            }
        }
        return PackageIndex(packages)
    }
}
