using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class SocketReadinessTests : IAsyncLifetime
{
    private readonly SingleThreadEventLoop _loop = new("loop");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Fact]
    public async Task An_operation_that_throws_ends_like_one_that_failed()
    {
        var ended = new TaskCompletionSource<SocketError>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var readiness = new SocketReadiness(operation => ended.SetResult(operation.SocketError));

        _loop.Execute(() => readiness.Start(_loop, static _ => throw new ArgumentException("Destination is too short.")));

        Assert.Equal(SocketError.SocketError, await Within.Reached(ended.Task));
    }

    [Fact]
    public async Task One_that_throws_an_error_of_the_system_ends_by_that_error()
    {
        var ended = new TaskCompletionSource<SocketError>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var readiness = new SocketReadiness(operation => ended.SetResult(operation.SocketError));

        _loop.Execute(() => readiness.Start(_loop, static _ => throw new SocketException((int)SocketError.TooManyOpenSockets)));

        Assert.Equal(SocketError.TooManyOpenSockets, await Within.Reached(ended.Task));
    }
}
