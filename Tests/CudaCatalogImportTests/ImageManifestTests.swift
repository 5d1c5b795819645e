import CudaImageKit
import Testing

@testable import CudaCatalogImport

@Suite struct ImageManifestTests {
    private static let text = """
        push_repos: {docker.io: {image_name: nvidia/cuda}}
        unsupported:
          release_label:
            - 13.3.0 # newer one
        .requires: &conditions
          requires: >
            CUDA>=13.4
            brand=tesla,driver>=580,driver<581
        cuda_v13.4.0:
          release_label: 13.4.0
          dist_base_path: dist/13.4.0
          push_repos: [docker.io]
          ubuntu24.04: &system
            base_image: ubuntu:24.04
            x86_64: &image
              components:
                cudart: {version: 13.4.20-1}
                cudart_dev: {version: 13.4.20-1}
                libcublas: {version: 13.5.0.2-1}
                libcublas_dev: {version: 13.5.0.2-1}
                libcusparse: {version: 12.8.1.5-1}
                libcusparse_dev: {version: 12.8.1.5-1}
                libnpp: {version: 13.2.0.7-1}
                libnpp_dev: {version: 13.2.0.7-1}
                nsight_compute: {version: 13.4.0-1}
                nvml_dev: {version: 13.4.22-1}
                nvtx: {version: 13.4.21-1}
              <<: *conditions
            arm64: *image
            aarch64: *image
          rockylinux9: *system
          plan9: *system
        cuda_v13.3.0:
          ubuntu24.04: *system
        cuda_vnext: {ubuntu24.04: *system}
        """

    private func parse(_ text: String) throws(DiagnosticError) -> ImageManifest {
        try ImageManifest(parsing: Array(text.utf8), fileName: "cuda.yaml")
    }

    @Test func imagesAreRead() throws {
        let manifest = try parse(Self.text)
        #expect(
            manifest.images.map { "\($0.cuda) \($0.os) \($0.platform.architecture)" } == [
                "13.4.0 ubuntu24.04 amd64", "13.4.0 ubuntu24.04 arm64", "13.4.0 rockylinux9 amd64",
                "13.4.0 rockylinux9 arm64", "13.3.0 ubuntu24.04 amd64", "13.3.0 ubuntu24.04 arm64",
            ])
        #expect(manifest.unsupported == [CUDAVersion(13, 3, 0)])
        let first = try #require(manifest.images.first)
        #expect(
            first.requirement == "cuda>=13.4 brand=tesla,driver>=580,driver<581" && first.baseImage == "ubuntu:24.04")
        #expect(first.components["libcublas_dev"]?.description == "13.5.0.2-1")
    }

    @Test func imagesBecomeACatalogue() throws {
        var facts = CatalogImport(into: .embedded)
        facts.add(try parse(Self.text), source: "cuda.yaml, not verified", date: nil)
        let catalog = try Catalog(parsing: try facts.text(), fileName: "imported")
        #expect(catalog.release(CUDAVersion(13, 4, 0))?.status == .supported)
        #expect(catalog.release(CUDAVersion(13, 3, 0))?.status == .unsupported)
        let os = OperatingSystem(.ubuntu, "24.04")
        let image = try #require(catalog.image(CUDAVersion(13, 4, 0), os, .linuxARM64))
        #expect(image.variants.map(\.description) == ["base", "runtime", "devel"], "cuDNN is not in a manifest")
        #expect(image.requireCUDA == "cuda>=13.4 brand=tesla,driver>=580,driver<581")
        let devel = try #require(catalog.layers(of: ImageVariant(.devel), in: image))
        let pins = devel.flatMap(\.set.packages).map { "\($0.name)=\($0.version ?? "")" }
        for pin in [
            "cuda-cudart-13-4=13.4.20-1", "cuda-toolkit-13-config-common=13.4.20-1", "cuda-libraries-13-4=13.4.0-1",
            "libcublas-dev-13-4=13.5.0.2-1", "cuda-nvml-dev-13-4=13.4.22-1", "cuda-nsight-compute-13-4=13.4.0-1",
        ] {
            #expect(pins.contains(pin), "\(pins)")
        }
        #expect(catalog.tag(CUDAImageTag(cuda: image.cuda, flavor: .base, os: os))?.platforms.count == 2)
    }

    @Test func releasesComeToTheirEnd() throws {
        var facts = CatalogImport(into: .embedded)
        let release = CUDAVersion(13, 0, 2)
        let before = Catalog.embedded.tags(matching: TagQuery(cuda: CUDAVersionPattern(release)))
        try #require(before.contains { $0.status == .supported })
        let text = """
            unsupported: {release_label: [\(release), 13.0.0, 99.9.9]}
            cuda_v\(release): {ubuntu24.04: {x86_64: {components: {}}}}
            """
        facts.add(try parse(text), source: "cuda.yaml, not verified", date: nil)
        #expect(facts.ended == [release] && !facts.isEmpty && facts.images.isEmpty, "13.0.0 was past its end before")
        let imported = try Catalog(parsing: try facts.text(), fileName: "imported")
        #expect(imported.release(release)?.status == .unsupported)
        let after = imported.tags(matching: TagQuery(cuda: CUDAVersionPattern(release)))
        #expect(after.map(\.tag) == before.map(\.tag))
        for (old, new) in zip(before, after) {
            var expected = old
            if old.status == .supported { expected.status = .unsupported }
            #expect(new == expected)
        }
        #expect(imported.releases.map(\.cuda) == Catalog.embedded.releases.map(\.cuda))
        let tag = try #require(before.first { $0.hasPins }).tag
        #expect(imported.image(tag.cuda, tag.os, .linuxAMD64) != nil, "what it installs is still known")
    }

    @Test func indexAddsWhatTheManifestLacks() throws {
        var facts = CatalogImport(into: .embedded)
        facts.add(try parse(Self.text), source: "cuda.yaml, not verified", date: nil)
        let names = ["cuda-cudart-13-4 1.2-1", "cuda-libraries-13-4 13.4.0-1", "libcudnn9-cuda-13 9.31.1.2-1"]
        let packages = try names.map { text in
            let words = text.split(separator: " ")
            return PackageIndex.Package(name: String(words[0]), version: try #require(SystemVersion(words[1])))
        }
        facts.add(PackageIndex(packages), repository: "ubuntu2404/x86_64", source: "x", date: nil)
        let catalog = try Catalog(parsing: try facts.text(), fileName: "imported")
        let image = try #require(
            catalog.image(CUDAVersion(13, 4, 0), OperatingSystem(.ubuntu, "24.04"), .linuxAMD64))
        #expect(image.variants.contains(ImageVariant(.runtime, cudnn: .unversioned)))
        #expect(
            catalog.layers(of: ImageVariant(.base), in: image)?.first?.set.packages.first?.version == "13.4.20-1",
            "the first source wins")
    }

    @Test(
        arguments: [
            ("", "is empty"), ("- a\n", "no images"), ("cuda_v13.4.0: {}\n", "no images"), ("a: [\n", "not YAML"),
            (
                "cuda_v13.4.0: {ubuntu24.04: {x86_64: {components: {cudart: {version: 1;rm}}}}}\n",
                "expected a version of 'cudart'"
            ),
            (
                "cuda_v13.4.0: {ubuntu24.04: {base_image: \"U\\nRUN x\", x86_64: {components: {}}}}\n",
                "expected an image"
            ),
            (
                "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                    + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
                    + "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
                    + "f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\ng: [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]\n",
                "written out"
            ),
        ] as [(String, String)])
    func whatIsNoManifestIsRefused(text: String, message: String) throws {
        let error = try #require(throws: DiagnosticError.self) { try parse(text) }
        let messages = error.diagnostics.all.map(\.message)
        #expect(messages.contains { $0.contains(message) }, "\(messages)")
    }

    @Test(arguments: [
        ("cuda-cudart-13-2", "cudart"), ("cuda-cudart-devel-13-2", "cudart_dev"),
        ("libcublas-dev-13-2", "libcublas_dev"),
        ("cuda-nsight-compute-13-2", "nsight_compute"), ("libnccl2", "libnccl2"), ("libnccl-devel", "libnccl2_dev"),
        ("cuda-nvml-dev-13-2", "nvml_dev"), ("libnccl-dev", "libnccl2_dev"), ("libnccl", "libnccl2"),
    ])
    func packagesAreComponents(package: String, component: String) {
        #expect(ImageManifest.Image.component(of: package, in: CUDAVersion(13, 2, 1)) == component)
    }
}
