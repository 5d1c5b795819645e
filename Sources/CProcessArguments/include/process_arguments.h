#ifndef CUDAGEN_PROCESS_ARGUMENTS_H
#define CUDAGEN_PROCESS_ARGUMENTS_H

/// How many arguments the process was started with, its name included; 0 where the C library does not say.
int cudagen_argument_count(void);

/// One of them; the index must be below the count.
const char *cudagen_argument_at(int index);

#endif
