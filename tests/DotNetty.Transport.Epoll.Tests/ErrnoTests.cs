using System.Net.Sockets;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll.Tests;

public sealed class ErrnoTests
{
    [Theory]
    [InlineData(0, SocketError.Success)]
    [InlineData(1, SocketError.AccessDenied)]
    [InlineData(9, SocketError.OperationAborted)]
    [InlineData(11, SocketError.WouldBlock)]
    [InlineData(12, SocketError.NoBufferSpaceAvailable)]
    [InlineData(22, SocketError.InvalidArgument)]
    [InlineData(23, SocketError.TooManyOpenSockets)]
    [InlineData(24, SocketError.TooManyOpenSockets)]
    [InlineData(64, SocketError.NetworkDown)]
    [InlineData(71, SocketError.ConnectionAborted)]
    [InlineData(98, SocketError.AddressAlreadyInUse)]
    [InlineData(103, SocketError.ConnectionAborted)]
    [InlineData(104, SocketError.ConnectionReset)]
    [InlineData(105, SocketError.NoBufferSpaceAvailable)]
    [InlineData(111, SocketError.ConnectionRefused)]
    [InlineData(5, SocketError.SocketError)]
    public void An_error_of_Linux_has_the_name_that_NETs_sockets_give_it(int errno, SocketError expected) => Assert.Equal(expected, Errno.ToSocketError(errno));
}
