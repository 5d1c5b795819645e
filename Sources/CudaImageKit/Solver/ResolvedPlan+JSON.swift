extension ResolvedPlan {
    /// The plan for programs, version 1; `Documentation/choosing.md` describes it.
    public func json(request: PlanRequest, catalog: Catalog) -> JSONValue {
        var members: [(String, JSONValue)] = [("version", .integer(1)), ("source", .string(source.rawValue))]
        if let facts = tag {
            members += [
                ("tag", .string(facts.tag.description)), ("image", .string("nvidia/cuda:\(facts.tag)")),
                ("cuda", .string(facts.tag.cuda.description)), ("flavor", .string(facts.tag.flavor.rawValue)),
                ("status", .string(facts.status.rawValue)),
            ]
            if let cudnn = facts.cudnnVersion { members.append(("cudnn", .string(cudnn))) }
        }
        if case .nearest = base { members.append(("nearest", .bool(true))) }
        members.append(("os", .string(os.description)))
        members.append(("platforms", .array(platforms.map { .string($0.description) })))
        if let python { members.append(("python", .string(python.description))) }
        members.append(("frameworks", .array(builds.map { $0.json(requirement: requirement(of: $0)) })))
        if let driver {
            members.append(
                (
                    "driver",
                    .object([
                        ("version", .string(driver.driver.description)), ("runs", .string(driver.runs.rawValue)),
                        ("starts", .string(driver.starts.rawValue)), ("reason", .string(driver.reason)),
                        ("startReason", .string(driver.startReason)),
                    ])
                ))
        }
        members.append(("explanation", Explanation(self, request: request, catalog: catalog).sectionsJSON))
        return .object(members)
    }
}

extension FrameworkRelease {
    fileprivate func json(requirement: String) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(framework.rawValue)), ("version", .string(version.description)),
            ("build", .string(variant)),
            ("requirement", .string(requirement)),
        ]
        switch index {
        case .default: members.append(("index", .string("default")))
        case .url(let url): members.append(("index", .string(url)))
        case .links(let url): members.append(("findLinks", .string(url)))
        case .unknown: break
        }
        members.append(("companions", .array(companions.map { .string($0) })))
        if let cuda { members.append(("cuda", .string(cuda.description))) }
        if let cudnn { members.append(("cudnn", .string(cudnn))) }
        if let stability { members.append(("stability", .string(stability))) }
        return .object(members)
    }
}
