#include "process_arguments.h"

// Defines __GLIBC__, which compilers do not.
#include <stdlib.h>

static int count = 0;
static char **values = 0;

// Before the GNU C library calls main, it calls every constructor with main's arguments (csu/libc-start.c, elf/dl-init.c).
// Other C libraries pass nothing.
#ifdef __GLIBC__
__attribute__((constructor)) static void keep(int argc, char **argv) {
    count = argc;
    values = argv;
}
#endif

int cudagen_argument_count(void) { return count; }

const char *cudagen_argument_at(int index) { return values[index]; }
