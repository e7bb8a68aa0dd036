// An echo server on epoll, as lean as user space gets: the measure of the others.
// Level triggered; one recv an event, one send a batch of frames; what the socket does not take waits, and nothing is read meanwhile.
// One thread a loop, each with a listening socket of its own (SO_REUSEPORT). With -DWITH_TLS it speaks TLS 1.2 and 1.3 by OpenSSL.
//
//     epoll_server [--framing raw|packet2|packet4] [--loops N] [--cert PEM --key PEM]
//
// It prints "listening tcp://127.0.0.1:PORT" (or ssl://) and ends on SIGTERM.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef WITH_TLS
#include <openssl/err.h>
#include <openssl/ssl.h>
#endif

enum { MOST_EVENTS = 512, MOST_LOOPS = 1024, BACKLOG = 4096, RECEIVED = 64 * 1024, MAX_FRAME = 1024 * 1024 };

// Bytes that wait: of a frame whose rest has not come, or for a socket that is full.
struct bytes {
    uint8_t *at;
    size_t start, end, capacity;
};

struct connection {
    int fd;
    uint32_t interest;
    struct bytes in, out;
#ifdef WITH_TLS
    SSL *ssl;
    bool shaking;
#endif
};

// What became of a look at a connection's input.
enum outcome { OVER, DRAINED, SERVED };

// What a thread works with. The input has room for a kept rest before what is received; no batch is longer than its input.
struct loop {
    int epoll, listener;
    uint8_t input[2 * RECEIVED], output[2 * RECEIVED];
};

static size_t header; // bytes of a frame's length; 0: raw
#ifdef WITH_TLS
static SSL_CTX *tls;
#endif

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void *checked(void *memory)
{
    if (!memory)
        die("memory");
    return memory;
}

static void drop(struct bytes *bytes)
{
    free(bytes->at);
    *bytes = (struct bytes){0};
}

static void keep(struct bytes *bytes, const uint8_t *from, size_t count, size_t capacity)
{
    drop(bytes);
    *bytes = (struct bytes){.at = checked(malloc(capacity)), .end = count, .capacity = capacity};
    memcpy(bytes->at, from, count);
}

static void want(struct loop *loop, struct connection *connection, uint32_t interest)
{
    if (connection->interest == interest)
        return;
    struct epoll_event event = {.events = interest, .data.ptr = connection};
    if (epoll_ctl(loop->epoll, connection->interest ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, connection->fd, &event))
        die("epoll_ctl");
    connection->interest = interest;
}

static void end(struct connection *connection)
{
#ifdef WITH_TLS
    if (connection->ssl)
        SSL_free(connection->ssl);
#endif
    close(connection->fd);
    drop(&connection->in);
    drop(&connection->out);
    free(connection);
}

// The calls below return what they moved; 0: not now; -1: the connection is over.

#ifdef WITH_TLS
// Which event lets a TLS call go on; 0: none will.
static uint32_t tls_waits_for(SSL *ssl, int result)
{
    switch (SSL_get_error(ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return EPOLLIN;
    case SSL_ERROR_WANT_WRITE:
        return EPOLLOUT;
    default:
        return 0;
    }
}

// As many records as are here: they are answered together.
static ssize_t tls_receive(struct connection *connection, uint8_t *to, size_t room)
{
    size_t count = 0;
    do {
        ERR_clear_error();
        int result = SSL_read(connection->ssl, to + count, (int)(room - count));
        if (result <= 0) {
            if (count > 0 || tls_waits_for(connection->ssl, result))
                break;
            if (SSL_get_error(connection->ssl, result) == SSL_ERROR_ZERO_RETURN)
                SSL_shutdown(connection->ssl);
            return -1;
        }
        count += result;
    } while (count < room && SSL_has_pending(connection->ssl));
    return count;
}

static ssize_t tls_send(struct connection *connection, const uint8_t *from, size_t count)
{
    ERR_clear_error();
    int result = SSL_write(connection->ssl, from, (int)count);
    if (result > 0)
        return result;
    return tls_waits_for(connection->ssl, result) ? 0 : -1;
}
#endif

static ssize_t receive(struct connection *connection, uint8_t *to, size_t room)
{
#ifdef WITH_TLS
    if (connection->ssl)
        return tls_receive(connection, to, room);
#endif
    ssize_t count;
    do
        count = recv(connection->fd, to, room, 0);
    while (count < 0 && errno == EINTR);
    if (count > 0)
        return count;
    return count < 0 && errno == EAGAIN ? 0 : -1;
}

static ssize_t transmit(struct connection *connection, const uint8_t *from, size_t count)
{
#ifdef WITH_TLS
    if (connection->ssl)
        return tls_send(connection, from, count);
#endif
    ssize_t sent;
    do
        sent = send(connection->fd, from, count, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent >= 0)
        return sent;
    return errno == EAGAIN ? 0 : -1;
}

// Sends until the socket is full. False: the connection is over.
static bool send_all(struct connection *connection, const uint8_t *from, size_t count, size_t *sent)
{
    *sent = 0;
    while (*sent < count) {
        ssize_t moved = transmit(connection, from + *sent, count - *sent);
        if (moved < 0)
            return false;
        if (moved == 0)
            break;
        *sent += moved;
    }
    return true;
}

static enum outcome answer(struct loop *loop, struct connection *connection, const uint8_t *from, size_t count)
{
    size_t sent;
    if (!send_all(connection, from, count, &sent))
        return OVER;
    if (sent < count) {
        keep(&connection->out, from + sent, count - sent, count - sent);
        want(loop, connection, EPOLLOUT);
    }
    return SERVED;
}

static bool answer_rest(struct loop *loop, struct connection *connection)
{
    struct bytes *out = &connection->out;
    size_t sent;
    if (!send_all(connection, out->at + out->start, out->end - out->start, &sent))
        return false;
    out->start += sent;
    if (out->start == out->end) {
        drop(out);
        want(loop, connection, EPOLLIN);
    }
    return true;
}

static size_t length_at(const uint8_t *at)
{
    size_t length = 0;
    for (size_t i = 0; i < header; i++)
        length = length << 8 | at[i];
    return length;
}

static size_t put_frame(uint8_t *to, const uint8_t *body, size_t length)
{
    for (size_t i = 0; i < header; i++)
        to[i] = (uint8_t)(length >> 8 * (header - 1 - i));
    memcpy(to + header, body, length);
    return header + length;
}

// Takes whole frames out of the input and answers them together; the rest is kept, with room for all of its frame when that is a big one.
static enum outcome frames(struct loop *loop, struct connection *connection, const uint8_t *input, size_t count)
{
    size_t read = 0, written = 0, room = 0;
    while (count - read >= header) {
        size_t length = length_at(input + read);
        if (length > MAX_FRAME)
            return OVER;
        if (count - read - header < length) {
            room = header + length;
            break;
        }
        written += put_frame(loop->output + written, input + read + header, length);
        read += header + length;
    }

    size_t rest = count - read;
    if (rest > 0)
        keep(&connection->in, input + read, rest, room > RECEIVED ? room : rest);
    else
        drop(&connection->in);
    return written == 0 ? SERVED : answer(loop, connection, loop->output, written);
}

// A frame that does not fit into the input is received where it is kept, and nothing after it.
static enum outcome big_frame(struct loop *loop, struct connection *connection)
{
    struct bytes *in = &connection->in;
    ssize_t count = receive(connection, in->at + in->end, in->capacity - in->end);
    if (count <= 0)
        return count == 0 ? DRAINED : OVER;
    in->end += count;
    if (in->end < in->capacity)
        return SERVED;

    uint8_t *frame = checked(malloc(in->capacity));
    size_t length = put_frame(frame, in->at + header, length_at(in->at));
    drop(in);
    enum outcome outcome = answer(loop, connection, frame, length);
    free(frame);
    return outcome;
}

static enum outcome receive_once(struct loop *loop, struct connection *connection)
{
    size_t kept = connection->in.end;
    if (connection->in.capacity > RECEIVED)
        return big_frame(loop, connection);
    if (kept > 0)
        memcpy(loop->input, connection->in.at, kept);

    ssize_t count = receive(connection, loop->input + kept, RECEIVED);
    if (count <= 0)
        return count == 0 ? DRAINED : OVER;
    return header ? frames(loop, connection, loop->input, kept + count) : answer(loop, connection, loop->input, count);
}

// What TLS has taken from the socket already, its end too, makes no event.
static bool has_more(const struct connection *connection)
{
#ifdef WITH_TLS
    return connection->ssl && !connection->out.at
        && (SSL_has_pending(connection->ssl) || SSL_get_shutdown(connection->ssl) & SSL_RECEIVED_SHUTDOWN);
#else
    (void)connection;
    return false;
#endif
}

#ifdef WITH_TLS
static bool shake_hands(struct loop *loop, struct connection *connection)
{
    ERR_clear_error();
    int result = SSL_do_handshake(connection->ssl);
    connection->shaking = result != 1;
    uint32_t interest = connection->shaking ? tls_waits_for(connection->ssl, result) : EPOLLIN;
    if (interest)
        want(loop, connection, interest);
    return interest != 0;
}
#endif

// False: the connection is over.
static bool serve(struct loop *loop, struct connection *connection)
{
#ifdef WITH_TLS
    if (connection->shaking) {
        if (!shake_hands(loop, connection))
            return false;
        if (connection->shaking || !SSL_has_pending(connection->ssl))
            return true;
    }
#endif
    if (connection->out.at) {
        if (!answer_rest(loop, connection))
            return false;
        if (!has_more(connection))
            return true;
    }

    enum outcome outcome;
    do
        outcome = receive_once(loop, connection);
    while (outcome == SERVED && has_more(connection));
    return outcome != OVER;
}

static void accept_all(struct loop *loop)
{
    const int yes = 1;
    for (;;) {
        int fd = accept4(loop->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0)
            return;

        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct connection *connection = checked(calloc(1, sizeof *connection));
        connection->fd = fd;
#ifdef WITH_TLS
        if (tls) {
            connection->ssl = checked(SSL_new(tls));
            SSL_set_fd(connection->ssl, fd);
            SSL_set_accept_state(connection->ssl);
            connection->shaking = true;
        }
#endif
        want(loop, connection, EPOLLIN);
    }
}

static void *run(void *argument)
{
    struct loop *loop = argument;
    struct connection listener = {.fd = loop->listener};
    struct epoll_event events[MOST_EVENTS];
    want(loop, &listener, EPOLLIN);
    for (;;) {
        int count = epoll_wait(loop->epoll, events, MOST_EVENTS, -1);
        if (count < 0 && errno != EINTR)
            die("epoll_wait");
        for (int i = 0; i < count; i++) {
            struct connection *connection = events[i].data.ptr;
            if (connection == &listener)
                accept_all(loop);
            else if (!serve(loop, connection))
                end(connection);
        }
    }
    return NULL;
}

// The first loop lets the system choose the port, which the others share.
static struct loop *new_loop(in_port_t *port)
{
    const int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = *port, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    struct loop *loop = checked(malloc(sizeof *loop));
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (loop->epoll < 0 || loop->listener < 0)
        die("socket");
    if (setsockopt(loop->listener, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) || bind(loop->listener, (void *)&address, length)
        || listen(loop->listener, BACKLOG) || getsockname(loop->listener, (void *)&address, &length))
        die("listen");
    *port = address.sin_port;
    return loop;
}

static void prepare_tls(const char *certificate, const char *key)
{
#ifdef WITH_TLS
    tls = checked(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(tls, 1);
    if (SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 || SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1) {
        ERR_print_errors_fp(stderr);
        exit(1);
    }
#else
    (void)certificate, (void)key;
    fprintf(stderr, "built without TLS\n");
    exit(2);
#endif
}

static void stop(int signal)
{
    (void)signal;
    _exit(0);
}

// Ten thousand idle connections need as many descriptors.
static void raise_descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static int usage(void)
{
    fprintf(stderr, "epoll_server [--framing raw|packet2|packet4] [--loops N] [--cert PEM --key PEM]\n");
    return 2;
}

static bool read_framing(const char *text)
{
    header = !strcmp(text, "packet2") ? 2 : !strcmp(text, "packet4") ? 4 : 0;
    return header || !strcmp(text, "raw");
}

int main(int count, char **arguments)
{
    static const struct option options[] = {
        {"framing", required_argument, NULL, 'f'}, {"loops", required_argument, NULL, 'l'},
        {"cert", required_argument, NULL, 'c'}, {"key", required_argument, NULL, 'k'}, {0}};
    const char *certificate = NULL, *key = NULL;
    int loops = 1;
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        if (option == 'f' && read_framing(optarg))
            continue;
        else if (option == 'l' && (loops = atoi(optarg)) >= 1 && loops <= MOST_LOOPS)
            continue;
        else if (option == 'c')
            certificate = optarg;
        else if (option == 'k')
            key = optarg;
        else
            return usage();
    }
    if (!certificate != !key)
        return usage();

    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    if (certificate)
        prepare_tls(certificate, key);

    in_port_t port = 0;
    struct loop *all[MOST_LOOPS];
    for (int i = 0; i < loops; i++)
        all[i] = new_loop(&port);
    for (int i = 1; i < loops; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, run, all[i]))
            die("pthread_create");
    }
    printf("listening %s://127.0.0.1:%d\n", certificate ? "ssl" : "tcp", ntohs(port));
    fflush(stdout);
    run(all[0]);
}
