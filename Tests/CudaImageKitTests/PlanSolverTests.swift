import Testing

@testable import CudaImageKit

@Suite struct PlanSolverTests {
    private let catalog = Catalog.embedded
    private static let judge = PlanJudge()
    private var judge: PlanJudge { Self.judge }

    private func framework(_ framework: Framework, _ version: String) throws -> PlanConstraint {
        .framework(framework, try #require(VersionSpecifiers(loose: version)))
    }

    private func gpu(_ name: String) throws -> PlanConstraint { .gpu(try #require(catalog.gpu(named: name))) }

    private func request(_ constraints: [PlanConstraint]) -> PlanRequest {
        PlanRequest(constraints.map { Located($0, at: .option("--test")) })
    }

    private func plan(_ constraints: PlanConstraint...) throws -> ResolvedPlan {
        let (plan, diagnostics) = catalog.resolve(request(constraints))
        return try #require(plan, "\(DiagnosticFormatter().text(diagnostics))")
    }

    // MARK: - Every fact

    /// Builds that no official image serves: their plan is the source `wheels`.
    private func hasNoImage(_ build: FrameworkRelease) -> Bool {
        build.framework == .tensorflow && build.version >= PythonPackageVersion("2.16") ?? build.version
    }

    @Test(arguments: Framework.allCases)
    func everyReleaseHasAPlanThatFits(framework: Framework) throws {
        let solver = PlanSolver(request([.framework(framework, VersionSpecifiers())]), catalog: catalog)
        for build in catalog.releases(of: framework) where build.cuda != nil {
            let wish = PlanConstraint.framework(
                framework, VersionSpecifiers([VersionSpecifier(.equal, build.version, isPrefix: build.isSeries)]))
            let plan = try #require(solver.best(PlanWishes([wish])), "\(build.requirement)")
            #expect(judge.objections(to: plan, [wish]) == [], "\(build.requirement)")
            #expect((plan.tag == nil) == hasNoImage(build), "\(build.requirement): \(plan.summary)")
            #expect(plan.builds.count == 1 && plan.python != nil)
        }
    }

    @Test(arguments: Framework.allCases)
    func everyBuildCanBeAskedForByItsCUDA(framework: Framework) throws {
        let solver = PlanSolver(request([.framework(framework, VersionSpecifiers())]), catalog: catalog)
        for build in catalog.releases(of: framework) {
            guard let cuda = build.cuda else { continue }
            let version = VersionSpecifiers([VersionSpecifier(.equal, build.version, isPrefix: build.isSeries)])
            let wishes: [PlanConstraint] = [.framework(framework, version), .cuda(cuda)]
            let plan = try #require(
                solver.best(PlanWishes(wishes)), "\(build.requirement) \(cuda)")
            #expect(judge.objections(to: plan, wishes) == [], "\(build.requirement)")
        }
    }

    // MARK: - Choices

    @Test func newestPlanIsTaken() throws {
        let driver = try #require(DriverVersion("535.104.05"))
        let plan = try plan(
            framework(.torch, "2.4"), .driver(driver), gpu("A100"), .os(OperatingSystem(.ubuntu, "22.04")))
        #expect(plan.summary == "12.4.1-base-ubuntu22.04 with torch 2.4.1")
        #expect(
            plan.python == PythonVersion(3, 10) && plan.driver?.verdict == .minorVersion && plan.driver?.starts == .yes)
        #expect(
            plan.builds[0].pipArguments(plan.requirement(of: plan.builds[0])) == [
                "--index-url", "https://download.pytorch.org/whl/cu124", "torch==2.4.1+cu124", "torchaudio==2.4.1",
                "torchvision==0.19.1",
            ])
    }

    @Test func librariesOfTheImageNeedARuntimeWithCuDNN() throws {
        #expect(
            try plan(framework(.tensorflow, "2.6")).summary == "11.2.2-cudnn8-runtime-ubuntu20.04 with tensorflow 2.6.0"
        )
        let jax = try plan(framework(.jax, "0.4.30"), .flavor(.devel), .cudnn(.any))
        #expect(jax.builds[0].variant == "cuda12_local" && jax.tag?.tag.cudnn != nil)
        #expect(try plan(framework(.jax, "0.4.30")).builds[0].libraries == .bundled)
    }

    @Test func withoutATagTheWheelsBringCUDA() throws {
        let wheels = try plan(framework(.tensorflow, "2.17"))
        #expect(wheels.tag == nil && wheels.requirement(of: wheels.builds[0]) == "tensorflow[and-cuda]==2.17.0")
        let (nearest, diagnostics) = catalog.resolve(request([try framework(.tensorflow, "2.17"), .source(.image)]))
        #expect(nearest?.tag?.tag.description == "12.2.2-cudnn8-runtime-ubuntu22.04")
        #expect(diagnostics.all.map(\.code) == [.nearestImage])
        #expect(try plan(framework(.torch, "2.5"), .source(.wheels)).tag == nil)
    }

    @Test func containerThatWouldBeRefusedComesLast() throws {
        let driver = PlanConstraint.driver(try #require(DriverVersion("535.104.05")))
        #expect(try plan(driver, gpu("RTX 4090")).tag?.tag.cuda == CUDAVersion(12, 4, 1))
        #expect(try plan(driver, gpu("A100")).tag?.tag.cuda == CUDAVersion(13, 2, 1), "by cuda-compat, on its branch")
        let (plan, diagnostics) = catalog.resolve(request([try framework(.torch, "2.8"), driver, try gpu("RTX 4090")]))
        #expect(plan?.driver?.starts == .no && diagnostics.all.map(\.code) == [.containerRefused])
    }

    @Test func withoutFrameworksTheNewestRuntimeIsTaken() throws {
        #expect(try plan().summary == "13.2.1-runtime-ubuntu24.04")
        #expect(try plan(.cuda(#require(CUDAVersionPattern("12"))), .supported).tag?.status == .supported)
    }

    @Test func vLLMPinsItsTorch() throws {
        let plan = try plan(framework(.torch, ">=2.0"), framework(.vllm, "0.8.5"))
        #expect(plan.builds.map(\.version.description) == ["2.6.0", "0.8.5"])
    }

    // MARK: - Contradictions

    @Test func minimalContradictionIsNamedWithTheWayOut() throws {
        let wishes: [PlanConstraint] = try [
            .os(OperatingSystem(.ubuntu, "22.04")), framework(.torch, "1.12"), gpu("H100"), .platform(.linuxAMD64),
        ]
        let (plan, diagnostics) = catalog.resolve(request(wishes))
        #expect(plan == nil)
        let error = try #require(diagnostics.all.first)
        #expect(error.code == .contradiction && error.message == "torch 1.12 and the H100 contradict each other")
        #expect(
            error.notes == [
                "torch 1.12 is built for CUDA 10.2, 11.3 or 11.6 (compute capability 9.0 needs torch 2.0.1 with CUDA 11.8 "
                    + "or newer)", "the H100 (compute capability 9.0) needs CUDA 11.8 or newer",
            ])
        #expect(error.help == "torch 2.0.1 in place of torch 1.12 gives 11.8.0-base-ubuntu22.04 with torch 2.0.1")
    }

    @Test func sourceThatNoPlanHasIsNoContradiction() throws {
        let (plan, diagnostics) = catalog.resolve(request([try framework(.torch, "2.4"), .source(.packages)]))
        #expect(plan == nil && diagnostics.all.map(\.code) == [.notSupported])
        #expect(diagnostics.all.first?.help?.hasPrefix("ask for 'image'") == true)
    }

    @Test func unknownVersionNamesItsNeighbours() throws {
        let (plan, diagnostics) = catalog.resolve(request([try framework(.onnxruntimeGPU, "1.18")]))
        #expect(plan == nil && diagnostics.all.map(\.code) == [.unknownFrameworkVersion])
        #expect(diagnostics.all[0].notes == ["the nearest that are: 1.17 and 1.19"])
    }

    // MARK: - Properties

    /// A request that may or may not have a plan.
    private func randomRequest(_ generator: inout SeededGenerator) throws -> [PlanConstraint] {
        var constraints: [PlanConstraint] = []
        let frameworks = Framework.allCases.shuffled(using: &generator).prefix(generator.number(0...2))
        for framework in frameworks {
            let release = generator.oneOf(catalog.releases(of: framework).filter { $0.cuda != nil })
            constraints.append(
                .framework(
                    framework,
                    VersionSpecifiers([VersionSpecifier(.equal, release.version, isPrefix: release.isSeries)])))
        }
        if generator.chance(30) { constraints.append(.os(generator.oneOf(judge.tags).tag.os)) }
        if generator.chance(25) { constraints.append(.flavor(generator.oneOf(Flavor.allCases))) }
        if generator.chance(20) { constraints.append(.cudnn(generator.oneOf([.without, .any, .major(8), .major(9)]))) }
        if generator.chance(30) {
            let name = generator.oneOf(catalog.gpuGenerations.flatMap(\.names))
            constraints.append(try gpu(name))
        }
        if generator.chance(10) {
            constraints.append(.target(generator.oneOf(catalog.gpuGenerations).capability))
        }
        if generator.chance(35) {
            let version = generator.oneOf([
                "418.39", "450.80.02", "470.57.02", "525.60.13", "535.104.05", "560.28.03", "580.65.06",
            ])
            constraints.append(.driver(try #require(DriverVersion(version))))
        }
        if generator.chance(25) { constraints.append(.python(PythonVersion(3, generator.number(6...14)))) }
        if generator.chance(15) { constraints.append(.platform(generator.oneOf(Platform.allCases))) }
        if generator.chance(15) { constraints.append(.supported) }
        if generator.chance(20) {
            let pattern = generator.oneOf(["10.2", "11", "11.8", "12", "12.4", "12.8", "13"])
            constraints.append(.cuda(try #require(CUDAVersionPattern(pattern))))
        }
        if generator.chance(10) { constraints.append(.source(generator.oneOf([.image, .wheels]))) }
        return constraints.shuffled(using: &generator)
    }

    @Test func plansFitAndContradictionsAreRealAndMinimal() throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed)
        var plans = 0
        var conflicts = 0
        for round in 0..<16 {
            let constraints = try randomRequest(&generator)
            let solver = PlanSolver(request(constraints), catalog: catalog)
            let context = "seed \(SeededGenerator.seed), round \(round): \(constraints.map(\.phrase))"
            if let plan = solver.plan() {
                plans += 1
                #expect(judge.objections(to: plan, constraints) == [], "\(context)")
                #expect(solver.plan() == plan && solver.conflict() == nil, "\(context)")
                continue
            }
            conflicts += 1
            #expect(!judge.isPossible(constraints), "there is a plan, \(context)")
            let conflict = try #require(solver.conflict(), "\(context)")
            let core = conflict.constraints.map(\.value)
            #expect(!judge.isPossible(core), "no contradiction: \(core.map(\.phrase)), \(context)")
            for index in core.indices {
                var rest = core
                rest.remove(at: index)
                // Without its frameworks the source 'wheels' says nothing.
                if !request(rest).hasFrameworks { rest.removeAll { $0 == .source(.wheels) && core != [$0] } }
                #expect(judge.isPossible(rest), "not minimal: \(core.map(\.phrase)), \(context)")
            }
            #expect(conflict.needs.count == core.count && conflict.needs.allSatisfy { !$0.isEmpty })
            if let wayOut = conflict.wayOut {
                let rest = constraints.filter { $0 != wayOut.constraint.value }
                #expect(judge.objections(to: wayOut.plan, rest) == [], "\(context)")
                #expect(core.contains(wayOut.constraint.value))
            }
        }
        #expect(plans > 2 && conflicts > 2, "\(plans) plans, \(conflicts) conflicts")
    }
}

/// What is not known does not count as fitting.
@Suite struct UnknownFactsTests {
    private let catalog = Catalog.embedded

    private func resolve(_ constraints: [PlanConstraint]) -> ResolvedPlan? {
        catalog.resolve(PlanRequest(constraints.map { Located($0, at: .option("--test")) })).plan
    }

    private func gpu(_ name: String) throws -> PlanConstraint { .gpu(try #require(catalog.gpu(named: name))) }

    private func torch(_ version: String) throws -> PlanConstraint {
        .framework(.torch, try #require(VersionSpecifiers(loose: version)))
    }

    /// A GeForce host with a driver that refuses the newest images: the newest image whose condition is met is taken, not one
    /// whose condition nobody knows.
    @Test(arguments: ["580.95.05", "580.65.06"])
    func conditionThatIsNotKnownIsNoneThatIsMet(driver: String) throws {
        let version = try #require(DriverVersion(driver))
        let found = try resolve([.driver(version), gpu("RTX 4090")])
        let plan = try #require(found)
        #expect(plan.driver?.starts == .yes)
        #expect(plan.tag?.tag.cuda == CUDAVersion(13, 0, 2) && plan.os.distribution == .ubuntu, "\(plan.summary)")
    }

    /// Releases without a list of what they compile for.
    @Test func releaseWhoseTargetsAreNotKnownFitsNoGPU() throws {
        #expect(try resolve([gpu("K80"), gpu("RTX 5090")]) == nil)
        #expect(try resolve([gpu("V100"), gpu("Jetson AGX Thor")]) == nil)
        #expect(resolve([.gpu(GPU(capability: ComputeCapability(13, 0)))]) == nil)
        let found = try resolve([gpu("K80")])
        let old = try #require(found)
        #expect(old.tag?.tag.cuda == CUDAVersion(11, 8, 0), "\(old.summary)")
    }

    /// torch's wheels pin the cuDNN that JAX's want to be newer.
    @Test func wheelsThatShareOneCuDNNAreTaken() throws {
        let jax = PlanConstraint.framework(.jax, VersionSpecifiers())
        let found = try resolve([torch("2.6.0"), jax, .source(.wheels)])
        let plan = try #require(found)
        let cudnn = plan.builds.map { $0.cudnn.flatMap { VersionNumbers.parse($0) } ?? [] }
        #expect(!cudnn[0].lexicographicallyPrecedes(cudnn[1]), "\(plan.builds.map(\.requirement)) \(cudnn)")
    }

    /// The wheels of 2.7.0 for CUDA 12.8 have no code for Volta, and nothing else is told of 2.7.1's.
    @Test func buildThatLacksCodeInItsSeriesIsNotTaken() throws {
        let found = try resolve([torch("2.7.1"), gpu("V100")])
        let plan = try #require(found)
        #expect(plan.builds[0].variant != "cu128", "\(plan.builds[0].requirement)")
        let answer = catalog.compatibility(
            of: ComputeCapability(7, 0), with: plan.builds[0], cuda: CUDAVersion(12, 6, 3),
            platform: .linuxAMD64)
        #expect(!answer.isNative && !answer.isKnown)
    }

    @Test(arguments: [
        ("jax[cuda12]==0.11.0", "12"), ("jax[cuda12_pip]==0.4.20", "12"), ("cupy-cuda11x", "11"), ("jax==0.4.30", nil),
    ])
    func extraNamesItsCUDA(requirement: String, cuda: String?) throws {
        var pins = FrameworkPins()
        pins.add(requirement, at: .option("--test"))
        let found = pins.constraints.compactMap { if case .cuda(let pattern) = $0.value { pattern } else { nil } }
        #expect(found == cuda.flatMap { CUDAVersionPattern($0) }.map { [$0] } ?? [])
    }

    @Test func wheelsHaveNoFlavor() throws {
        let (plan, diagnostics) = catalog.resolve(
            PlanRequest(
                try [torch("2.6.0"), .framework(.jax, VersionSpecifiers()), .flavor(.runtime), .source(.wheels)].map {
                    Located($0, at: .option("--test"))
                }))
        #expect(plan == nil)
        #expect(diagnostics.all.first?.message == "flavor runtime and source 'wheels' contradict each other")
    }
}

/// The way out of a contradiction is the nearest one.
@Suite struct WayOutTests {
    private let catalog = Catalog.embedded

    @Test(arguments: [
        ("384.81" as String?, "A100" as String?, nil as String?, "a driver 450.36.06 or newer"),
        ("340.29", nil, nil, "a driver 375.26 or newer"),
        (nil, "H100", "11.4", "CUDA 11.8.0"), (nil, "V100", "13", "CUDA 12.9.1"),
        (nil, "RTX 5090", "11", "CUDA 12.8.0"),
    ])
    func changeIsTheNearest(driver: String?, gpu: String?, cuda: String?, change: String) throws {
        var constraints: [PlanConstraint] = []
        if let driver { constraints.append(.driver(try #require(DriverVersion(driver)))) }
        if let gpu { constraints.append(.gpu(try #require(catalog.gpu(named: gpu)))) }
        if let cuda { constraints.append(.cuda(try #require(CUDAVersionPattern(cuda)))) }
        let request = PlanRequest(constraints.map { Located($0, at: .option("--test")) })
        let conflict = try #require(PlanSolver(request, catalog: catalog).conflict())
        #expect(conflict.wayOut?.change == change)
        let plan = try #require(conflict.wayOut?.plan)
        #expect(plan.tag != nil)
    }
}
