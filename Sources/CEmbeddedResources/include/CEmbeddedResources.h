#ifndef CUDAGEN_EMBEDDED_RESOURCES_H
#define CUDAGEN_EMBEDDED_RESOURCES_H

#include <stddef.h>

/// A file that is part of the program.
typedef struct {
    /// The file's name: `Dockerfile.mustache`.
    const char *name;
    const unsigned char *bytes;
    size_t count;
} cudagen_resource;

/// How many files are part of the program.
size_t cudagen_resource_count(void);

/// One of them; the index must be below the count.
cudagen_resource cudagen_resource_at(size_t index);

#endif
