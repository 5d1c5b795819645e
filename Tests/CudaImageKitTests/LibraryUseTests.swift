import CudaImageKit
import Foundation
import Testing

/// The library as another build tool uses it: what README.md promises, with what is public alone.
@Suite struct LibraryUseTests {
    @Test func recipeInCodeBecomesDockerfile() throws {
        let trainer = RecipeBuilder(name: "trainer")
            .image(cuda: "12.4", flavor: .runtime, os: "ubuntu22.04", cudnn: .any)
            .systemPackages("libgl1", "ffmpeg")
            .python(manager: .uv, packages: ["numpy==2.1.0"])
            .copy("train.py", "data.py", to: "/app/")
            .environment(["LEVEL": "2", "GREETING": "say \"hi\" for $5"])
            .expose(8080, "53/udp")
            .entrypoint("python3", "train.py")

        let output = Generator().generate(trainer)
        let text = try output.get()

        #expect(output.diagnostics.all.map(\.code) == [.versionCompleted])
        #expect(text.contains("FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\n"))
        #expect(text.contains(#"GREETING="say \"hi\" for \$5""#))
        #expect(text.contains("EXPOSE 8080 53/udp\n"))
        #expect(text.contains(#"ENTRYPOINT ["python3", "train.py"]"#))
    }

    /// The header must not name a command that would make another file.
    @Test func headerNamesTheProgramOfTheRecipe() throws {
        let text = try Generator().generate(RecipeBuilder().image(cuda: "12.4.1")).get()
        let file = "CudaImageKitTests/LibraryUseTests.swift"
        #expect(text.contains("# Do not edit: change \(file) and run its program again.\n"))
        #expect(!text.contains("#   cudagen"))
    }

    @Test func lockPinsAPlan() throws {
        let plan = try #require(Generator().generate(RecipeBuilder().image(cuda: "12.4.1")).plan)
        let digest = try #require(ImageDigest("sha256:" + String(repeating: "0", count: 64)))
        let entries = plan.imagesToLock.map {
            Lockfile.Entry(reference: $0, digest: digest, platforms: [.linuxAMD64: digest], recipes: ["app.yaml"])
        }
        let text = Lockfile(entries).text
        let (lock, findings) = Lockfile.parse(RecipeSource(text: text, fileName: "cudagen.lock"))
        #expect(findings.isEmpty)
        let active = ActiveLock(lock: try #require(lock), path: "cudagen.lock", isFrozen: true)
        let (pinned, missing) = plan.pinned(by: active)
        #expect(missing.isEmpty)
        #expect(
            try Generator().render(pinned).get().contains("FROM \(plan.imagesToLock[0])@\(digest)\n"))
    }

    @Test func planBecomesDeploymentFiles() throws {
        let output = Generator().generate(RecipeBuilder(name: "trainer").image(cuda: "12.4.1").command("nvidia-smi"))
        let deployment = DeploymentPlan(try #require(output.plan))
        let text = ComposeFile(deployment).text(header: deployment.header())
        #expect(
            text.contains("# Do not edit: change CudaImageKitTests/LibraryUseTests.swift and run its program again.\n"))
        #expect(text.contains("    image: \"trainer:latest\"\n"))
        #expect(OutputFile.refusal(path: "compose.yaml", existing: text, force: false) == nil)
    }

    @Test func everyMistakeIsFoundAtItsLine() throws {
        let line = #line
        let recipe = RecipeBuilder()
            .image(cuda: "twelve")
            .systemPackages("-rf")
            .environment(["1X": "y"])
            .python(packages: ["--index-url=x"])
        let output = Generator().generate(recipe)
        #expect(output.text == nil)
        let found = output.diagnostics.all.map { "\($0.span?.start.line ?? 0) \($0.code.rawValue)" }
        #expect(found == ["\(line + 2) CG0201", "\(line + 3) CG0201", "\(line + 4) CG0201", "\(line + 5) CG0201"])
        #expect(
            DiagnosticFormatter().text(output.diagnostics)
                .hasPrefix("CudaImageKitTests/LibraryUseTests.swift:\(line + 2):1: error[CG0201]: 'twelve' is not"))
        #expect(throws: DiagnosticError.self) { try output.get() }
    }

    @Test func optionsBeatTheRecipe() throws {
        let recipe = RecipeBuilder().image(cuda: "12.4.1", os: "ubuntu22.04")
        var options = ImageOptions(cuda: CUDAVersionPattern(12, 6, 3), flavor: .base)
        options.overrides = [try #require(RecipeOverride("env.LEVEL=3"))]
        let text = try Generator().generate(recipe, options: options).get()
        #expect(text.contains("FROM nvidia/cuda:12.6.3-base-ubuntu22.04\n"))
        #expect(text.contains("ENV LEVEL=\"3\"\n"))
    }

    @Test func tagsAreTyped() throws {
        let tag = try CUDAImageTag(
            cuda: CUDAVersion(12, 4, 1), flavor: .runtime, os: OperatingSystem(validating: "ubuntu22.04"),
            cudnn: .unversioned)
        #expect(tag.description == "12.4.1-cudnn-runtime-ubuntu22.04")
        #expect(ImageReference(tag).description == "nvidia/cuda:\(tag)")
        let text = try Generator().generate(RecipeBuilder().image(tag)).get()
        #expect(text.contains("FROM nvidia/cuda:\(tag)\n"))
    }

    /// Foundation has a `Port`, SwiftUI a `Label`: the module's name tells them apart.
    @Test func namesCanBeQualified() {
        #expect(CudaImageKit.Port("53/udp")?.transport == .udp)
        #expect(CudaImageKit.Label("a", "b").value == "b")
    }

    @Test func tagsAreFoundByAnyName() throws {
        let catalog = Catalog.embedded
        for name in ["11.4.3-base-ubuntu20.04", "nvidia/cuda:11.4.3-base-ubuntu20.04"] {
            #expect(try catalog.tag(spelled: name)?.status == .supported, "\(name)")
        }
        #expect(try catalog.tag(spelled: "app.yaml") == nil)
        do {
            _ = try catalog.tag(spelled: "11.4.9-base-ubuntu20.04")
            Issue.record("there is no such tag")
        } catch {
            #expect(error.diagnostics.all.map(\.code) == [.noSuchTag])
            #expect("\(error)".contains("help: nearest that exist: 11.4.3-base-ubuntu20.04"))
        }
    }

    @Test func catalogueAnswers() throws {
        let catalog = Catalog.embedded
        let ubuntu = try OperatingSystem(validating: "ubuntu22.04")
        let query = TagQuery(
            cuda: CUDAVersionPattern(12, 4), flavor: .runtime, os: ubuntu, cudnn: .any, supportedOnly: true,
            platforms: [.linuxARM64])
        let tags = catalog.tags(matching: query)
        #expect(tags.map(\.tag.description) == ["12.4.1-cudnn-runtime-ubuntu22.04"])
        #expect(tags.first?.cudnnVersion == "9.1.0.70")
        #expect(catalog.minimumDriver(for: CUDAVersion(12, 4, 1)) == DriverVersion("525.60.13"))
        let deleted = try #require(CUDAImageTag("11.4.0-base-ubuntu20.04"))
        #expect(catalog.tag(deleted)?.status == .unlisted)
        #expect(catalog.liveReplacement(for: deleted)?.description == "11.4.3-base-ubuntu20.04")
        let image = try #require(catalog.image(CUDAVersion(12, 4, 1), ubuntu, .linuxAMD64))
        let layers = try #require(catalog.layers(of: ImageVariant(.base), in: image))
        #expect(layers.flatMap(\.set.packages).contains { $0.name == "cuda-cudart-12-4" && $0.version == "12.4.127-1" })
    }

    /// The instructions are a model of their own: nothing of CUDA, nothing of recipes.
    @Test func dockerfileModelStandsAlone() throws {
        let builder = try StageName(validating: "builder")
        let program = try ContainerPath(validating: "/usr/local/bin/a program")
        let dockerfile = Dockerfile(stages: [
            Dockerfile.Stage(
                from: .image(try ImageReference(validating: "debian:12")), as: builder,
                [.run(.shell("make"), mounts: [.cache(target: try ContainerPath(validating: "/root/.cache"))])]),
            Dockerfile.Stage(
                from: .image(try ImageReference(validating: "debian:12-slim")),
                [
                    .copy(Copy([program], to: program, from: .stage(builder))),
                    .environment([EnvironmentVariable(try EnvironmentName(validating: "PRICE"), text: "$5")]),
                    .run(.script(ShellScript([["echo", "it's", .syntax("> /etc/motd")]]))),
                    .entrypoint([program.text]),
                ]),
        ])
        #expect(
            try dockerfile.text() == """
                FROM debian:12 AS builder
                RUN --mount=type=cache,target=/root/.cache \\
                    make

                FROM debian:12-slim
                COPY --from=builder ["/usr/local/bin/a program", "/usr/local/bin/a program"]
                ENV PRICE="\\$5"
                RUN echo 'it'\\''s' > /etc/motd
                ENTRYPOINT ["/usr/local/bin/a program"]

                """)
    }

    @Test func errorsAreTyped() throws {
        #expect(throws: InvalidName.self) { try EnvironmentName(validating: "1X") }
        #expect(throws: InvalidName.self) { try ImageReference(validating: "Debian:12") }
        do {
            _ = try PackageName(validating: "libgl1-")
            Issue.record("a name that apt would remove")
        } catch {
            #expect("\(error)".hasPrefix("'libgl1-' is not letters, digits"))
        }
        let label = Instruction.label([Label("a", "b\nc")])
        #expect(throws: PrintingError("LABEL", .lineBreak, value: "b\nc")) {
            var printer = InstructionPrinter()
            _ = try printer.text(of: label)
        }
    }

    @Test func planIsThereForOtherOutputs() throws {
        let recipe = RecipeBuilder(name: "trainer").image(cuda: "12.6.3", os: "rockylinux9", source: .packages)
        let plan = try #require(Generator().generate(recipe).plan)
        #expect(plan.packageManager == .yum)
        #expect(plan.os.because.description.contains("LibraryUseTests.swift"))
        #expect(Explanation(plan, catalog: .embedded).text.contains("LibraryUseTests.swift"))
        let smoke = try SmokeTestPlan(plan, catalog: .embedded)
        let files = try SmokeTest.files(smoke)
        #expect(files.map(\.path) == ["smoke.cu", "Dockerfile", "run.sh", "README.md"])
    }

    @Test func recipeFileIsTextToo() throws {
        let source = RecipeSource(text: "image: {cuda: 12.4.1}\ncommand: [bash]\n", fileName: "app.yaml")
        let output = Generator().generate(source, options: ImageOptions(flavor: .devel))
        #expect(try output.get().hasPrefix("# Generated by cudagen \(Generator.version) from app.yaml: "))
        let edited = try output.get() + "# by hand\n"
        #expect(OutputFile.refusal(path: "Dockerfile", existing: edited, force: false)?.code == .editedByHand)
    }
}
