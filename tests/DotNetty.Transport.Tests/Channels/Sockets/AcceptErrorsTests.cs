using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class AcceptErrorsTests
{
    [Theory]
    [InlineData(AcceptErrorKind.Transient, SocketError.ConnectionAborted, SocketError.ConnectionReset, SocketError.NetworkDown, SocketError.NetworkUnreachable)]
    [InlineData(AcceptErrorKind.Transient, SocketError.HostDown, SocketError.HostUnreachable, SocketError.OperationNotSupported, SocketError.ProtocolOption)]
    [InlineData(AcceptErrorKind.Transient, SocketError.TimedOut, SocketError.AccessDenied, SocketError.Interrupted)]
    [InlineData(AcceptErrorKind.Descriptors, SocketError.TooManyOpenSockets)]
    [InlineData(AcceptErrorKind.Memory, SocketError.NoBufferSpaceAvailable)]
    [InlineData(AcceptErrorKind.ListenerLost, SocketError.InvalidArgument, SocketError.NotSocket, SocketError.OperationAborted)]
    [InlineData(AcceptErrorKind.Unknown, SocketError.SocketError, SocketError.SystemNotReady)]
    public void Every_error_has_its_kind(AcceptErrorKind kind, params SocketError[] errors) =>
        Assert.All(errors, error => Assert.Equal(kind, AcceptErrors.KindOf(error)));
}
