using System.Net;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Local;

namespace EsockdNetty.Tests.Support;

/// <summary>Connections within the process: a whole server without a socket. Whatever address a listener is given, it gets a name of its own.</summary>
internal sealed class LocalTransport : ITransport
{
    public IEventLoopGroup NewLoops(int count) => new MultithreadEventLoopGroup(count);

    public EndPoint Locate(ListenAddress address) => LocalAddress.Any;

    public IServerChannel NewServerChannel(EndPoint endPoint) => new LocalServerChannel();
}
