/// What files say that an image can meet, if it goes together with the rest.
extension StarterPlanner {
    /// What matters most comes first: it is given up last.
    func wishes(
        _ dependencies: StarterPlan.Dependencies, hasFrameworks: Bool, flavor: Located<PlanConstraint>?
    ) -> [Wish] {
        var wishes: [Wish] = []
        if case .environment(let environment) = dependencies, let cuda = environment.cuda {
            wishes.append(
                Wish(constraints: [cuda.map(PlanConstraint.cuda)], phrase: "CUDA \(cuda.value) of \(cuda.span.source)"))
        }
        if let major = cudaOfPackages(dependencies) {
            wishes.append(
                Wish(
                    constraints: [major.map(PlanConstraint.cuda)], phrase: "CUDA \(major.value) of \(major.span.source)"
                ))
        }
        if !facts.architectures.isEmpty, facts.isCompiled {
            let constraints = facts.architectures.map { $0.map(PlanConstraint.target) }
            let numbers = facts.architectures.map(\.value.number).joined(separator: ", ")
            // GPUs that an option names are what the code is compiled for.
            if !options.has(.gpu) {
                wishes.append(
                    Wish(
                        constraints: constraints, phrase: "what \(constraints[0].span.source) compiles for (\(numbers))"
                    ))
            }
        }
        if let python = facts.pythonVersion {
            wishes.append(
                Wish(
                    constraints: [python.map(PlanConstraint.python)],
                    phrase: "Python \(python.value) of \(python.span.source)"))
        }
        if let dockerfile = facts.dockerfile {
            let constraints = constraints(of: dockerfile, takesFlavor: !hasFrameworks && flavor == nil)
            if !constraints.isEmpty {
                wishes.append(Wish(constraints: constraints, phrase: "the base of \(dockerfile.path)"))
            }
        }
        return wishes
    }

    private func constraints(of dockerfile: DockerfileFacts, takesFlavor: Bool) -> [Located<PlanConstraint>] {
        guard let base = dockerfile.base else { return [] }
        func at(_ constraint: PlanConstraint) -> Located<PlanConstraint> { Located(constraint, at: base.span) }
        guard let tag = dockerfile.tag?.value else {
            let image = BaseImage(base.value)
            if let pytorch = dockerfile.pytorch { return [at(.cuda(pytorch.cuda))] }
            if let python = image.python { return [at(.python(python))] }
            // NVIDIA's image starts from the same one.
            let isOfficial = image.os.map { os in catalog.tags.contains { $0.tag.os == os } } ?? false
            return image.os.map { isOfficial && image.obstacle(to: .packages) == nil ? [at(.os($0))] : [] } ?? []
        }
        let isGone = catalog.tag(tag).map { $0.status == .unlisted } ?? true
        let release = isGone ? CUDAVersionPattern(tag.cuda.majorMinor) : CUDAVersionPattern(tag.cuda)
        var constraints = [at(.cuda(release)), at(.os(tag.os))]
        if takesFlavor {
            constraints.append(at(.flavor(tag.flavor)))
            if tag.cudnn != nil { constraints.append(at(.cudnn(.any))) }
        }
        return constraints
    }

    /// Why this release, where the place alone would not tell.
    func reasonOfCUDA(in plan: StarterPlan) -> String? {
        if let major = cudaOfPackages(plan.dependencies), !options.has(.cuda),
            plan.request.constraints.contains(major.map(PlanConstraint.cuda))
        {
            return "\(major.span.source) names packages for CUDA \(major.value)"
        }
        if let file = facts.architectures.first?.span.source, !options.has(.gpu), !plan.request.has(.cuda),
            plan.request.has(.target)
        {
            return "the newest that compiles for what \(file) names"
        }
        return nil
    }

    /// The major version that names of packages end with: `cupy-cuda12x`, `nvidia-cublas-cu12`.
    func cudaOfPackages(_ dependencies: StarterPlan.Dependencies) -> Located<CUDAVersionPattern>? {
        let names: [String]
        let path: String
        switch dependencies {
        case .requirements(let file): (names, path) = (file.packages.sorted(), file.path)
        case .listed(let list):
            names = list.compactMap { PythonRequirement($0).map { PythonRequirement.normalized($0.name) } }.sorted()
            path = facts.project?.path ?? ""
        default: return nil
        }
        let majors = Set(
            (8...20).filter { major in
                names.contains { $0.hasSuffix("-cuda\(major)x") || $0.hasSuffix("-cu\(major)") }
            })
        return majors.count == 1 ? majors.first.map { Located(CUDAVersionPattern($0), at: .file(path)) } : nil
    }
}
