/// What NVIDIA publishes: releases, tags and what each image installs.
public struct Catalog: Sendable {
}
