import CudaImageKit
import CudaImageKitTesting
import Testing

/// The code that `Documentation/library.md` shows, as `ArticleCode` has that of the articles.
@Suite struct LibraryPageCode {
    private enum Images {
        static func trainer(cuda: String) -> RecipeBuilder {
            RecipeBuilder(name: "trainer").image(cuda: cuda, os: "ubuntu22.04", cudnn: .any)
                .environment(["LEVEL": "2"]).entrypoint("/bin/true")
        }
    }

    @Test func recipeInSwift() throws {
        // article
        let trainer = RecipeBuilder(name: "trainer")
            .image(cuda: "12.4", flavor: .runtime, os: "ubuntu22.04", cudnn: .any)
            .systemPackages("libgl1", "ffmpeg")
            .python(manager: .uv, packages: ["numpy==2.1.0"])
            .copy("train.py", "data.py", to: "/app/")
            .environment(["LEVEL": "2"])
            .expose(8080)
            .entrypoint("python3", "train.py")

        let dockerfile = try Generator().generate(trainer).get()
        // end
        #expect(dockerfile.contains("EXPOSE 8080"))
    }

    @Test func filesAndOptions() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let path = try folder.write("image: {flavor: runtime, os: ubuntu24.04}\n", to: "app.yaml")
        // article
        let source = try RecipeSource.read(path: path)  // or RecipeSource(text:fileName:)
        let options = ImageOptions(cuda: CUDAVersionPattern(12, 6), flavor: .devel)
        let output = Generator().generate(source, options: options)
        // end
        #expect(output.plan?.tag?.value.description == "12.6.3-devel-ubuntu24.04")
    }

    @Test func locks() throws {
        let text = Lockfile([]).text
        let plan = try #require(Generator().generate(Images.trainer(cuda: "12.4.1")).plan)
        // article
        let (lock, findings) = Lockfile.parse(RecipeSource(text: text, fileName: "cudagen.lock"))
        let needed = plan.imagesToLock  // what FROM names without a digest
        let active = ActiveLock(lock: lock ?? Lockfile(), path: "cudagen.lock", isFrozen: true)
        let (pinned, missing) = plan.pinned(by: active)
        // end
        #expect(findings.isEmpty && needed.count == 1 && missing.hasErrors)
        #expect(pinned.imagesToLock == needed)
    }

    @Test func deployment() throws {
        let plan = try #require(Generator().generate(Images.trainer(cuda: "12.4.1")).plan)
        // article
        let deployment = DeploymentPlan(plan)  // output.plan, with DeploymentOptions for the rest
        let text = ComposeFile(deployment).text(header: deployment.header())
        // end
        #expect(text.contains("services:"))
    }

    @Test func catalogue() throws {
        // article
        let catalog = Catalog.embedded  // or Catalog(parsing:fileName:)
        let tag = try CUDAImageTag(
            cuda: CUDAVersion(12, 4, 1), flavor: .runtime, os: OperatingSystem(validating: "ubuntu22.04"),
            cudnn: .unversioned)
        let status = catalog.tag(tag)?.status  // .supported
        let small = catalog.tags(matching: TagQuery(flavor: .base, supportedOnly: true, platforms: [.linuxARM64]))
        let replacement = catalog.liveReplacement(for: tag)
        let driver = catalog.minimumDriver(for: tag.cuda)  // 525.60.13
        let facts = catalog.image(tag.cuda, tag.os, .linuxAMD64)  // packages, versions, environment, keys
        // end
        #expect(status == .supported && !small.isEmpty && driver?.description == "525.60.13")
        #expect(replacement != nil && facts != nil)
    }

    @Test func dockerfileModel() throws {
        // article
        let debian = try ImageReference(validating: "debian:12-slim")
        let price = EnvironmentVariable(try EnvironmentName(validating: "PRICE"), text: "$5")
        let dockerfile = Dockerfile(stages: [
            Dockerfile.Stage(from: .image(debian), [.environment([price]), .entrypoint(["/bin/sleep", "60"])])
        ])
        let text = try dockerfile.text()
        // end
        #expect(text.hasSuffix("ENTRYPOINT [\"/bin/sleep\", \"60\"]\n"))
    }

    // article
    @Test func trainerIsAsItWasRead() {
        expectGolden(Generator().generate(Images.trainer(cuda: "12.4.1")), "trainer.Dockerfile")
    }

    @Test func trainerRunsWithCuDNN() throws {
        let image = try GeneratedImage(Generator().generate(Images.trainer(cuda: "12.4.1")))
        #expect(image.base == "nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04")
        #expect(image.package("libcudnn9-cuda-12")?.version == "9.1.0.70-1")
        #expect(image.environment["LEVEL"] == "2")
        #expect(image.user == "10001:10001")
    }
    // end
}
