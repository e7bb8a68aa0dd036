// Makes accept(2) fail on demand: preloaded into a server, it reads from the file named by ACCEPT_ERRORS how often to fail (first int)
// and with which errno (second int), and counts the failures down there. It fails only where a connection waits, as the system does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

struct orders { atomic_int left; atomic_int error; };

static struct orders *orders;

__attribute__((constructor)) static void open_orders(void)
{
    const char *path = getenv("ACCEPT_ERRORS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *map = mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    orders = map == MAP_FAILED ? NULL : map;
}

static int must_fail(int socket)
{
    struct pollfd waiting = { .fd = socket, .events = POLLIN };
    if (!orders || atomic_load(&orders->left) <= 0 || poll(&waiting, 1, 0) != 1)
        return 0;
    if (atomic_fetch_sub(&orders->left, 1) <= 0)
        return 0;
    errno = atomic_load(&orders->error);
    return 1;
}

int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags)
{
    static int (*next)(int, struct sockaddr *, socklen_t *, int);
    if (must_fail(socket))
        return -1;
    if (!next)
        next = (int (*)(int, struct sockaddr *, socklen_t *, int))dlsym(RTLD_NEXT, "accept4");
    return next(socket, address, length, flags);
}

int accept(int socket, struct sockaddr *address, socklen_t *length)
{
    static int (*next)(int, struct sockaddr *, socklen_t *);
    if (must_fail(socket))
        return -1;
    if (!next)
        next = (int (*)(int, struct sockaddr *, socklen_t *))dlsym(RTLD_NEXT, "accept");
    return next(socket, address, length);
}
