import CudaImageKit
import CudaImageKitTesting
import Testing

/// The code that the articles of the documentation show, between `// article` and `// end`: compiled with what is public
/// alone, and run. `ArticleTests` compares each part with the articles.
@Suite struct ArticleCode {
    private static let trainer = RecipeBuilder(name: "trainer").image(cuda: "12.4.1").entrypoint("/bin/true")

    @Test func gettingStarted() throws {
        // article
        let trainer = RecipeBuilder(name: "trainer")
            .image(cuda: "12.4", flavor: .runtime, os: "ubuntu22.04", cudnn: .any)
            .python(manager: .uv, packages: ["numpy==2.1.0"])
            .copy("train.py", to: "/app/")
            .entrypoint("python3", "train.py")

        let output = Generator().generate(trainer)
        let dockerfile = try output.get()
        // end
        #expect(dockerfile.contains("\nFROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\n"))

        // article
        let findings = DiagnosticFormatter(sources: output.sources).text(output.diagnostics)
        // end
        #expect(findings.contains("CG0310"))

        // article
        let wrong = Generator().generate(trainer.expose(0).stopSignal("SIGNOTHING"))
        for finding in wrong.diagnostics.all where finding.severity == .error {
            print(finding.code.rawValue, finding.message)
        }
        // end
        #expect(wrong.text == nil && wrong.diagnostics.errorCount == 2)
    }

    @Test func files() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let path = try folder.write("image: {flavor: runtime}\nenv: {A: 1}\n", to: "app.yaml")
        // article
        let source = try RecipeSource.read(path: path)
        let options = try ImageOptions(cuda: CUDAVersionPattern(12, 6), os: OperatingSystem(validating: "ubuntu24.04"))
        let output = Generator().generate(source, options: options)
        // end
        #expect(output.plan?.release?.value.description == "12.6.3")

        // article
        let overrides = try ["env.LEVEL=2", "image.flavor=base"].map { try RecipeOverride(validating: $0) }
        let debug = Generator().generate(source, options: ImageOptions(overrides: overrides))
        // end
        #expect(try debug.get().contains("LEVEL=\"2\""))

        // article
        let existing: String? = try? debug.get()
        if let refusal = OutputFile.refusal(path: "Dockerfile", existing: existing, force: false) {
            throw DiagnosticError(Diagnostics([refusal]))
        }
        // end
    }

    @Test func sources() throws {
        // article
        let official = RecipeBuilder().image(cuda: "12.4.1", os: "ubuntu22.04", source: .image)
        let packages = RecipeBuilder().image(cuda: "12.4.1", source: .packages, base: "debian:12")
        let wheels = RecipeBuilder().image(source: .wheels).python(version: "3.12", packages: ["torch==2.7.1"])
        // end
        for recipe in [official, packages, wheels] {
            #expect(Generator().generate(recipe).text != nil)
        }

        // article
        let plan = Generator().generate(packages).plan
        if case .packages(let installation)? = plan?.cuda {
            for platform in installation.platforms {
                print(platform.repository.url, platform.layers.flatMap { $0.set.packages.map(\.name) })
            }
        }
        // end
        #expect(plan?.source.value == .packages)
    }

    @Test func choosing() throws {
        // article
        var request = PlanRequest()
        let catalog = Catalog.embedded
        if let torch = VersionSpecifiers(loose: "2.4") { request.add(.framework(.torch, torch), at: .option("torch")) }
        if let driver = DriverVersion("535.104.05") { request.add(.driver(driver), at: .option("driver")) }
        if let gpu = catalog.gpu(named: "A100") { request.add(.gpu(gpu), at: .option("gpu")) }

        let (found, findings) = catalog.resolve(request)
        guard let plan = found else { throw DiagnosticError(findings) }
        let requirements = plan.builds.map { plan.requirement(of: $0) }
        // end
        #expect(plan.tag?.tag.cuda == CUDAVersion(12, 4, 1))
        #expect(requirements.contains { $0.hasPrefix("torch==2.4") })

        // article
        let tag = try CUDAImageTag(
            cuda: CUDAVersion(12, 4, 1), flavor: .runtime, os: OperatingSystem(validating: "ubuntu22.04"),
            cudnn: .unversioned)
        let status = catalog.tag(tag)?.status
        let oldestDriver = catalog.minimumDriver(for: tag.cuda)
        let small = catalog.tags(matching: TagQuery(flavor: .base, supportedOnly: true, platforms: [.linuxARM64]))
        // end
        #expect(status == .supported && oldestDriver?.description == "525.60.13" && !small.isEmpty)

        // article
        let resolved = RecipeBuilder().image(cuda: "resolve").python(packages: ["tensorflow==2.15.0"])
        // end
        #expect(Generator().generate(resolved).plan?.release?.value.description == "12.2.2")
    }

    @Test func smokeTest() throws {
        let trainer = Self.trainer
        // article
        let output = Generator().generate(trainer)
        guard let image = output.plan else { throw DiagnosticError(output.diagnostics) }
        let plan = try SmokeTestPlan(image, catalog: .embedded)
        let files = try SmokeTest.files(plan)
        // end
        #expect(files.map(\.path) == ["smoke.cu", "Dockerfile", "run.sh", "README.md"])

        // article
        let foreign = try SmokeTestPlan(
            image: ImageReference(validating: "registry.example.com/team/trainer:1.4"),
            cuda: CUDAVersionPattern(12, 4), os: OperatingSystem(validating: "ubuntu22.04"), flavor: .runtime,
            catalog: .embedded)
        // end
        #expect(foreign.cuda.value == CUDAVersion(12, 4, 1))
    }

    @Test func extending() throws {
        // article
        let facts = """
            cudagen-catalog 1 extends
            as-of 2026-11-01
            [releases]
            12.9.2\tsupported
            [tags]
            12.9.2 ubuntu24.04\tsupported\t-\tamd64,arm64\tnames\t-\tbase runtime devel
            """
        let catalog = try Catalog(parsing: facts, fileName: "mine.catalog")
        let generator = Generator(catalog: catalog)
        // end
        let recipe = RecipeBuilder().image(cuda: "12.9.2", flavor: .base, os: "ubuntu24.04")
        #expect(try generator.generate(recipe).get().contains("FROM nvidia/cuda:12.9.2-base-ubuntu24.04"))

        // article
        let header = """
            # {{summary}}. Ask the platform team before you change this file.
            # Generated by cudagen {{generator}}
            # checksum {{checksum}}

            """
        let folder = TemplateFolder(path: "templates", files: [TemplateFolder.File(name: "header", text: header)])
        let branded = Generator(templates: try TemplateLibrary(folder))
        // end
        #expect(try branded.generate(Self.trainer).get().hasPrefix("# CUDA 12.4.1 runtime"))
    }

    @Test func architecture() throws {
        let trainer = Self.trainer
        // article
        let (read, reading) = trainer.read()
        guard let recipe = read else { throw DiagnosticError(reading) }
        let (decided, deciding) = Catalog.embedded.plan(recipe)
        guard let plan = decided else { throw DiagnosticError(deciding) }
        let dockerfile = Dockerfile(plan)
        let bare = try dockerfile.text()
        // end
        #expect(bare.hasPrefix("FROM nvidia/cuda:12.4.1-runtime-"))

        // article
        print(plan.os.value, plan.os.because.description)
        print(Explanation(plan, catalog: .embedded).text)
        // end

        // article
        let debian = try ImageReference(validating: "debian:12-slim")
        let price = EnvironmentVariable(try EnvironmentName(validating: "PRICE"), text: "$5")
        let own = Dockerfile(stages: [
            Dockerfile.Stage(from: .image(debian), [.environment([price]), .entrypoint(["/bin/sleep", "60"])])
        ])
        // end
        #expect(try own.text().contains(#"ENV PRICE="\$5""#))
    }

    @Test func testing() throws {
        let recipe = RecipeBuilder(name: "trainer").image(cuda: "12.4.1", os: "ubuntu22.04", cudnn: .any)
            .environment(["LEVEL": "2"]).entrypoint("/bin/true")
        // article
        let image = try GeneratedImage(Generator().generate(recipe))
        #expect(image.base == "nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04")
        #expect(image.package("libcudnn9-cuda-12")?.version == "9.1.0.70-1")
        #expect(image.environment["LEVEL"] == "2")
        // end
    }
}
