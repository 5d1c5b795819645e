import CudaImageKit
import Testing

@Suite struct CatalogTests {
    let catalog = Catalog.embedded

    private func tag(_ text: String) throws -> CUDAImageTag { try #require(CUDAImageTag(text)) }

    @Test func embeddedCatalogIsComplete() {
        #expect(catalog.releases.count == 55)
        #expect(Set(catalog.tags.filter(\.hasPins).map(\.tag.os)).count == 21)
        #expect(catalog.tags.filter(\.hasPins).count == 1971)
        #expect(catalog.asOf == "2025-12-15")
        #expect(Set(catalog.tags.map(\.tag)).count == catalog.tags.count, "every tag is there once")
    }

    @Test func everyTagWithPinsHasItsLayersOnEveryPlatform() throws {
        var combinations = 0
        for facts in catalog.tags where facts.hasPins {
            for platform in facts.platforms {
                let image = try #require(catalog.image(facts.tag.cuda, facts.tag.os, platform))
                let layers = try #require(catalog.layers(of: facts.tag.variant, in: image), "\(facts.tag) \(platform)")
                #expect(layers.last?.variant == facts.tag.variant)
                combinations += 1
            }
        }
        #expect(combinations == 3627)
    }

    @Test func imageOfTheTutorialInstallsWhatNVIDIAsDoes() throws {
        let image = try #require(catalog.image(CUDAVersion(11, 4, 0), OperatingSystem(.ubuntu, "20.04"), .linuxAMD64))
        #expect(image.baseImage == "ubuntu:20.04")
        #expect(image.repository == "ubuntu2004/x86_64")
        #expect(image.signingKey?.file == "3bf863cc.pub")
        #expect(image.requireCUDA?.hasPrefix("cuda>=11.4") == true)
        let layers = try #require(catalog.layers(of: ImageVariant(.runtime), in: image))
        #expect(layers.map(\.variant.description) == ["base", "runtime"])
        let cudart = layers[0].set.packages.first { $0.name == "cuda-cudart-11-4" }
        #expect(cudart?.version == "11.4.43-1")
        #expect(layers[1].set.heldPackages.contains("libcublas-11-4"))
    }

    @Test func retiredSigningKeyIsNowhere() {
        for facts in catalog.releases {
            for os in catalog.operatingSystems(for: facts.cuda) {
                for image in catalog.images(cuda: facts.cuda, os: os) { #expect(image.signingKey?.id != "7fa2af80") }
            }
        }
    }

    @Test func deletedTagNamesItsLiveReplacement() throws {
        #expect(
            catalog.liveReplacement(for: try tag("11.4.0-runtime-ubuntu20.04"))?.description
                == "11.4.3-runtime-ubuntu20.04")
    }

    @Test func nearestTagsKeepTheOperatingSystem() throws {
        let near = catalog.nearestTags(to: try tag("12.4.9-runtime-ubuntu22.04"), limit: 2).map(\.description)
        #expect(near.first == "12.4.1-runtime-ubuntu22.04")
    }

    @Test func shortTagsAreKnown() {
        #expect(catalog.tag(aliased: "11.4.0-runtime")?.description == "11.4.0-runtime-ubuntu20.04")
        #expect(catalog.tag(aliased: "11.4.0-nothing") == nil)
    }

    @Test func queryFiltersByEverythingItNames() {
        var query = TagQuery()
        query.cuda = CUDAVersionPattern("12")
        query.flavor = .runtime
        query.os = OperatingSystem(.ubuntu, "22.04")
        query.cudnn = .any
        query.supportedOnly = true
        let tags = catalog.tags(matching: query)
        #expect(!tags.isEmpty)
        for facts in tags {
            #expect(facts.tag.cuda.major == 12 && facts.tag.flavor == .runtime && facts.tag.cudnn != nil)
            #expect(facts.status == .supported)
        }
        query.cudnn = .major(8)
        #expect(catalog.tags(matching: query).allSatisfy { $0.cudnnVersion?.hasPrefix("8.") == true })
    }

    @Test(arguments: [("11.4.0", "450.80.02"), ("12.4.1", "525.60.13"), ("13.1.1", "580.65.06"), ("10.2", "440.33")])
    func driversAreKnown(release: String, driver: String) throws {
        #expect(catalog.driverRequirement(for: try #require(CUDAVersion(release))).minimum?.description == driver)
    }

    @Test func targetsFollowTheToolkit() {
        #expect(catalog.targets(for: CUDAVersion(11, 8, 0)).contains(ComputeCapability(9, 0)))
        #expect(!catalog.targets(for: CUDAVersion(13, 0, 0)).contains(ComputeCapability(7, 0)))
    }

    // MARK: - A user's catalogue

    private static let extension_ = """
        cudagen-catalog 1 extends
        as-of 2026-06-01
        [releases]
        13.4.0\tsupported
        [tags]
        13.4.0 ubuntu24.04\tsupported\tcurrent\tamd64\tpins\t-\tbase
        [images]
        13.4.0 ubuntu24.04 amd64\tbase=ubuntu:24.04\tmanager=apt\trepository=ubuntu2404/x86_64\tkey=3bf863cc\tenvironment=0\tsets=base:0
        [environments]
        0\tenv=NVIDIA_VISIBLE_DEVICES=all
        [sets]
        0\tpackages=cuda-cudart-13-4=13.4.10-1
        """

    @Test func extensionAddsToTheEmbeddedCatalog() throws {
        let catalog = try Catalog(parsing: Self.extension_, fileName: "more.catalog")
        #expect(catalog.releases.count == 56)
        let image = try #require(catalog.image(CUDAVersion(13, 4, 0), OperatingSystem(.ubuntu, "24.04"), .linuxAMD64))
        #expect(image.signingKey?.fingerprint != nil, "keys of the embedded catalogue serve the extension")
        #expect(catalog.layers(of: ImageVariant(.base), in: image)?.first?.set.packages.first?.version == "13.4.10-1")
        #expect(catalog.tag(try tag("11.4.0-runtime-ubuntu20.04")) != nil)
    }

    /// Debian 13 and SUSE 16 have keys that no image of NVIDIA's names; a catalogue replaces those like any other.
    @Test(arguments: [("debian:12", "3bf863cc"), ("debian:13", "8793F200")])
    func extensionReplacesAKey(base: String, key: String) throws {
        let fingerprint = String(repeating: "0", count: 39) + "1"
        let catalog = try Catalog(
            parsing: """
                cudagen-catalog 1 extends
                as-of 2026-06-01
                [keys]
                \(key)\tfile=\(key).pub\tfingerprint=\(fingerprint)
                """, fileName: "own.catalog")
        let source = RecipeSource(text: "image: {cuda: '13.0', base: '\(base)'}", fileName: "app.yaml")
        let recipe = try #require(Recipe.parse(source).0)
        let plan = try #require(catalog.plan(recipe).0)
        let used = try #require(plan.installation?.platforms.first?.repository.key)
        #expect(used.id == key)
        #expect(used.fingerprint == fingerprint)
    }

    @Test func catalogWithoutExtendsReplaces() throws {
        let catalog = try Catalog(
            parsing: Self.extension_.replacing("1 extends", with: "1"), fileName: "own.catalog")
        #expect(catalog.releases.count == 1)
    }

    @Test(arguments: [
        ("cudagen-catalog 1", "cudagen-catalog 9"), ("[sets]", "[stes]"), ("sets=base:0", "sets=base:7"),
        ("cudart-13-4=", "cudart 13-4;rm=\""), ("repository=ubuntu2404/x86_64", "repository=a b"),
        ("base=ubuntu:24.04", "base=U"),
        ("13.4.0\tsupported", "13.4.0\tfine"), ("env=NVIDIA", "env=1NVIDIA"), ("amd64\tpins", "pins"),
    ])
    func malformedCatalogIsRefusedWithItsLine(text: String, replacement: String) {
        let broken = Self.extension_.replacing(text, with: replacement)
        #expect(throws: DiagnosticError.self) { try Catalog(parsing: broken, fileName: "broken.catalog") }
    }

    @Test(arguments: [
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition", "12.0"),
        ("NVIDIA RTX PRO 6000 Blackwell Workstation Edition", "12.0"),
        ("NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", "12.0"),
        ("NVIDIA A100-SXM4-40GB MIG 1g.5gb", "8.0"), ("NVIDIA A100-SXM4-40GB MIG 1g.5gb+me", "8.0"),
    ])
    func namesOfGPUsThatToolsPrintAreKnown(name: String, capability: String) {
        #expect(Catalog.embedded.gpu(named: name)?.capability.number == capability)
    }
}
