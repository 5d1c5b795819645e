/// An image that has to be in a lock.
public struct LockRequest: Hashable, Sendable {
    /// The image as `FROM` names it, without a digest.
    public var reference: ImageReference
    /// The platforms that it is needed for; empty if any will do.
    public var platforms: Set<Platform>
    /// The recipes and matrix files that need it.
    public var recipes: Set<String>

    /// - Parameters:
    ///   - reference: the image as `FROM` names it.
    ///   - platforms: those that it is needed for; empty if any will do.
    ///   - recipes: names of the recipes and matrix files that need it, in the lock's folder.
    public init(_ reference: ImageReference, platforms: Set<Platform>, recipes: Set<String>) {
        self.reference = reference
        self.platforms = platforms
        self.recipes = recipes
    }

    /// The images that a recipe's Dockerfile starts from, and those of its smoke test.
    ///
    /// - Parameters:
    ///   - plan: the recipe's image, without pins.
    ///   - recipe: the name that the lock has for the recipe.
    ///   - withSmoke: whether the smoke test's images are wanted, if the recipe has no `smoke` of its own.
    ///   - catalog: the facts.
    /// - Throws: ``DiagnosticError`` if the image can have no smoke test.
    package static func requests(
        of plan: ImagePlan, recipe: String, withSmoke: Bool, catalog: Catalog
    ) throws(DiagnosticError) -> [LockRequest] {
        var requests = plan.imagesToLock.map {
            LockRequest($0, platforms: Set(plan.platforms.value), recipes: [recipe])
        }
        if withSmoke || plan.application.smoke != nil,
            let image = try SmokeTestPlan(plan, catalog: catalog).imageToLock
        {
            // It is built where the test runs, for that platform alone.
            requests.append(LockRequest(image, platforms: [], recipes: [recipe]))
        }
        return requests
    }

    /// One request for each reference, in the order of the references.
    public static func merged(_ requests: [LockRequest]) -> [LockRequest] {
        var merged: [ImageReference: LockRequest] = [:]
        for request in requests {
            merged[request.reference, default: LockRequest(request.reference, platforms: [], recipes: [])]
                .formUnion(request)
        }
        return merged.values.sorted { $0.reference < $1.reference }
    }

    private mutating func formUnion(_ other: LockRequest) {
        platforms.formUnion(other.platforms)
        recipes.formUnion(other.recipes)
    }
}

extension Lockfile {
    /// Whether the lock answers a request.
    public func answers(_ request: LockRequest) -> Bool {
        guard let entry = self[request.reference] else { return false }
        return request.platforms.isSubset(of: entry.platforms.keys)
    }

    /// The lock after some recipes were looked at.
    ///
    /// What they need is in it, and what only they needed before is not. Entries of other recipes stay as long as the recipe
    /// is there.
    ///
    /// - Parameters:
    ///   - requests: what the recipes need.
    ///   - recipes: the recipes that were looked at.
    ///   - resolved: new answers; requests without one keep the entry that is there.
    ///   - isThere: whether another recipe still exists.
    public func updated(
        for requests: [LockRequest], of recipes: Set<String>, resolved: [ImageReference: Entry],
        isThere: (String) -> Bool
    ) -> Lockfile {
        var needed: [ImageReference: Set<String>] = [:]
        for request in requests { needed[request.reference, default: []].formUnion(request.recipes) }
        var all = Dictionary(uniqueKeysWithValues: entries.map { ($0.reference, $0) })
        for (reference, entry) in resolved { all[reference] = entry }
        return Lockfile(
            all.values.compactMap { entry in
                let others: Set<String> = self[entry.reference]?.recipes.subtracting(recipes).filter(isThere) ?? []
                let users = others.union(needed[entry.reference] ?? [])
                return users.isEmpty
                    ? nil
                    : Entry(
                        reference: entry.reference, digest: entry.digest, platforms: entry.platforms, recipes: users)
            })
    }

    /// How a lock differs from what the registries have.
    public enum Difference: Hashable, Sendable {
        /// A reference that the lock has to have and does not.
        case missing(Entry)
        /// Nothing needs the entry any more.
        case unneeded(Entry)
        /// Another digest, or other platforms.
        case changed(locked: Entry, now: Entry)

        /// The image that differs.
        public var reference: ImageReference {
            switch self {
            case .missing(let entry), .unneeded(let entry): entry.reference
            case .changed(let locked, _): locked.reference
            }
        }
    }

    /// How the lock differs from another one, in the order of the references. Which recipes need an image is not compared.
    public func differences(from now: Lockfile) -> [Difference] {
        let references = Set(entries.map(\.reference)).union(now.entries.map(\.reference))
        return references.sorted().compactMap { reference in
            switch (self[reference], now[reference]) {
            case (nil, let entry?): return .missing(entry)
            case (let entry?, nil): return .unneeded(entry)
            case (let locked?, let entry?):
                let isSame = locked.digest == entry.digest && locked.platforms == entry.platforms
                return isSame ? nil : .changed(locked: locked, now: entry)
            case (nil, nil): return nil
            }
        }
    }
}
